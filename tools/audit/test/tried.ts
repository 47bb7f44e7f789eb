import type { Outcome } from '@cookbook/toolchain'
import type { Ran } from '../src/build/run.ts'
import type { Block } from '../src/document/block.ts'
import { readPage } from '../src/document/markdown/page.ts'
import type { Tried } from '../src/judge/try.ts'
import type { Line } from '../src/project/assembled.ts'
import { type Piece, readBlock } from '../src/snippet/piece.ts'

export type Shown = { piece: Piece; block: Block }

/** The only piece of a page, and the block that it stands in. */
export function shown(page: string): Shown {
  const [block] = readPage(page, 'guide.md').page.blocks
  const read = readBlock(block!, 0, null)
  if (read.kind !== 'pieces') throw new Error(`no code in\n${page}`)
  return { piece: read.pieces[0]!, block: block! }
}

const linesOf = (piece: Piece): Line[] => piece.lines.map((code) => ({ text: code.text, piece, code }))

/** What came of pieces that compile, each in a file of its own, but for what is told otherwise. */
export function tried(pieces: readonly Piece[], more: Partial<Tried> = {}): Tried {
  const files = new Map(pieces.map((piece) => [piece.path!, linesOf(piece)]))
  return {
    ...{
      subjects: pieces,
      pieces,
      inProgram: null,
      assembled: { name: 'guide', files, helps: [], edits: [] },
      unplaced: [],
      ran: null,
      tested: [],
    },
    ...{ faults: new Map(), fragments: new Map(), untried: new Map(), compiled: new Set(files.keys()) },
    ...more,
  }
}

const QUIET = { kind: 'exited', code: 0, stdout: '', stderr: '', truncated: false, durationMs: 1 } as const

/** A program that ended well. */
export const RAN: Ran = {
  ...{ command: 'cargo run', others: [], good: true, steady: true },
  ...{ ending: 'ended with exit code 0', blamed: null, outcome: QUIET },
}

/** A program that did not. */
export const ranBadly = (outcome: Partial<Outcome>, more: Partial<Ran> = {}): Ran => ({
  ...{ ...RAN, good: false, ending: 'ended badly' },
  ...{ outcome: { ...QUIET, ...outcome } as Outcome, ...more },
})
