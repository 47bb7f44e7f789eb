import type { Outcome } from '@cookbook/toolchain'
import type { Ran } from '../src/build/run.ts'
import type { Block } from '../src/document/block.ts'
import { readPage } from '../src/document/markdown/page.ts'
import type { Tried } from '../src/judge/try.ts'
import type { Line } from '../src/project/project.ts'
import { readBlock, type Snippet } from '../src/snippet/snippet.ts'

export type Shown = { snippet: Snippet; block: Block }

/** The only snippet of a page, and the block that it stands in. */
export function shown(page: string): Shown {
  const [block] = readPage(page, 'guide.md').page.blocks
  const read = readBlock(block!, 0, null)
  if (read.kind !== 'snippets') throw new Error(`no code in\n${page}`)
  return { snippet: read.snippets[0]!, block: block! }
}

const linesOf = (snippet: Snippet): Line[] =>
  snippet.lines.map((code) => ({ text: code.text, snippet, code }))

/** What came of snippets that compile, each in a file of its own, but for what is told otherwise. */
export function tried(snippets: readonly Snippet[], more: Partial<Tried> = {}): Tried {
  const files = new Map(snippets.map((snippet) => [snippet.path!, linesOf(snippet)]))
  return {
    ...{
      subjects: snippets,
      snippets,
      inProgram: null,
      project: { name: 'guide', files, crates: new Map(), helps: [], edits: [] },
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
