import type { Block, CodeLine } from '../document/block.ts'
import { includeLine } from '../repair/help-header.ts'
import { firstItem } from '../repair/help-rust.ts'
import type { BlockVerdict, Help } from '../verdict.ts'

/** Lines that go into a page before one of its lines, each behind what stands before `column` of the line `like`. */
export type Insertion = { file: string; line: number; lines: readonly string[]; like: number; column: number }

/** A block, and what an audit said of it. */
export type Judged = { block: Block; verdict: BlockVerdict }

/**
 * What an author writes into a page so that a block needs a help no more: into the block that shows the help's file; and
 * for a crate, where no block shows a manifest, a manifest before the block. `null` where that is not one insertion.
 */
export function insertionFor(help: Help, needy: Judged, all: readonly Judged[]): Insertion | null {
  const shows = ({ verdict }: Judged) => verdict.group === needy.verdict.group && verdict.path === help.file
  const shown = shows(needy) ? needy : all.find(shows)
  if (shown !== undefined) return within(shown.block, help)
  if (help.kind !== 'dependency') return null
  return before(needy.block, ['```toml', '# Cargo.toml', tableOf(help), help.added, '```', ''])
}

/**
 * The comment that leaves a block out of an audit, without its reason: until an author writes it, the comment is an error.
 * `null` where comments say nothing.
 */
export function leavingOut(block: Block): Insertion | null {
  return /\.(?:md|markdown)$/.test(block.file) ? before(block, ['<!-- cookbook: skip: -->']) : null
}

const tableOf = ({ text }: Help): string => /\[[\w-]+\]/.exec(text)?.[0] ?? '[dependencies]'

function within(block: Block, help: Help): Insertion | null {
  const { lines } = block
  const index = indexFor(help, lines)
  const like = lines.find(({ at, hidden, added }) => at.file === block.file && !hidden && !added)
  const next = index === null ? undefined : lines[index]
  const last = lines.at(-1)
  // What another file holds is not the page's to change.
  if (index === null || like === undefined || (next ?? last)?.at.file !== block.file || next?.added)
    return null
  const line = next?.at.line ?? last!.at.line + 1
  return {
    file: block.file,
    line,
    lines: help.added.split('\n'),
    like: like.at.line,
    column: like.at.column,
  }
}

/** Before which line of a block a help is added. */
function indexFor({ kind, added, text }: Help, lines: readonly CodeLine[]): number | null {
  if (kind === 'header') return includeLine(lines) - 1
  if (kind === 'import' || kind === 'module') return firstItem(lines)
  if (kind === 'main') {
    const main = lines.findIndex((line) => /\basync\s+fn\s+main\b/.test(line.text))
    return added.startsWith('#[') ? (main < 0 ? null : main) : lines.length
  }
  if (kind !== 'dependency') return null
  const table = lines.findIndex((line) => line.text.trim() === tableOf({ text } as Help))
  return table < 0 ? null : table + 1
}

/** Before the fence, which a marker of a list would leave without its beginning: the caller looks at its line. */
const before = ({ file, line, column }: Block, lines: readonly string[]): Insertion => ({
  file,
  line,
  lines,
  like: line,
  column,
})
