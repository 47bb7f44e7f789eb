import type { Position } from '../block.ts'
import type { Draft } from '../drafts.ts'
import { cut, type Row } from '../row.ts'

/** Why pages leave blocks out of an audit, by the block. */
export type LeftOut = ReadonlyMap<Draft, string>
/** A comment that leaves nothing out. */
export type Void = { at: Position; message: string }

const COMMENT = /^((?:[ \t]|>)*)<!--\s*cookbook:\s*skip\b:?(.*?)-->\s*$/
const EXPECTED = 'expected <!-- cookbook: skip: REASON --> on a line of its own before a block'

/** Reads the comments that leave a block out of an audit. One without a reason, or without a block, leaves nothing out. */
export function readLeftOut(
  rows: readonly Row[],
  drafts: readonly Draft[],
): { leftOut: LeftOut; voids: Void[] } {
  const leftOut = new Map<Draft, string>()
  const voids: Void[] = []
  let next = 0
  let open: { row: Row; indent: number; reason: string } | null = null
  const wrong = ({ row, indent }: { row: Row; indent: number }, message: string) =>
    voids.push({ at: cut(row, indent).at, message: `${message}, ${EXPECTED}` })
  for (let at = 0; at <= rows.length; at++) {
    const draft = drafts[next]
    if (draft?.from === at) {
      if (open !== null) leftOut.set(draft, open.reason)
      open = null
      next++
      // What begins within it does not count.
      at = Math.max(at, draft.to)
      while (drafts[next] !== undefined && drafts[next]!.from <= at) next++
      continue
    }
    const text = rows[at]?.text
    if (open !== null && (text === undefined || /[^\s>]/.test(text))) {
      wrong(open, 'this comment leaves nothing out: no block follows it')
      open = null
    }
    const found = text?.includes('cookbook:') ? COMMENT.exec(text) : null
    if (found == null) continue
    const comment = { row: rows[at]!, indent: found[1]!.length, reason: found[2]!.trim() }
    if (comment.reason === '') wrong(comment, 'this comment gives no reason')
    else open = comment
  }
  return { leftOut, voids }
}
