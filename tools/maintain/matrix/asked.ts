import { matchesGlob, resolve } from 'node:path'
import { type Refused, readSlugs, readTyped, refused, USAGE } from '@cookbook/cli/usage'
import { CELLS, type Cell, nameOf } from './cells.ts'

const OPTIONS = {
  cells: { type: 'string', multiple: true, default: ['**'] as string[] },
  filter: { type: 'string', multiple: true, default: [] as string[] },
  list: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  out: { type: 'string' },
  merge: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false, short: 'h' },
} as const

export const HELP = `${USAGE.matrix}

Verifies the chapters in every cell of the matrix, one cell after another, shows the table, and keeps what it saw.

  --cells GLOB      only these cells, as host/*/c++23/** or **/threads
  --filter pattern  only this chapter
  --list            name the cells, and what this machine has for each or lacks; run nothing
  --merge FILE      put together what several machines kept; run nothing
  --keep            keep what was built, else deleted when its cell has ended, and crates when no cell shares them:
                    with every chapter, a cell takes 2.3 GB and its crates 1 GB
  --out FOLDER      where matrix.json and matrix.md are kept: docs, unless said

Exit code 0: no chapter failed; 1: one did; 2: this was not typed as it is here.`

/** What was typed. `slugs` are all chapters, and `cells` all cells, where none are named. */
export type Asked =
  | { kind: 'help' }
  | { kind: 'list'; cells: readonly Cell[] }
  | { kind: 'merge'; files: readonly string[]; cells: readonly Cell[]; slugs: readonly string[]; out: string }
  | { kind: 'run'; cells: readonly Cell[]; slugs: readonly string[]; keep: boolean; out: string }
  | Refused

/** Reads a command line. `docs` is where results are kept if it does not say. */
export function readAsked(args: readonly string[], chapters: readonly string[], docs: string): Asked {
  const typed = readTyped('matrix', args, OPTIONS)
  if (typed.kind === 'refused') return typed
  const { values, words } = typed
  if (values.help) return { kind: 'help' }
  if (words.length > 0)
    return refused(
      'matrix',
      `unexpected ${words.join(' ')}, a chapter is named by --filter, a cell by --cells`,
    )
  const named = readSlugs('matrix', values.filter, chapters)
  if (named.kind === 'refused') return named
  const cells = CELLS.filter((cell) => values.cells.some((glob) => matchesGlob(nameOf(cell), glob)))
  if (cells.length === 0) {
    const like = `expected a glob of names as ${nameOf(CELLS[0]!)}, which --list shows`
    return refused('matrix', `no cell matches ${values.cells.join(' or ')}, ${like}`)
  }
  if (values.list) return { kind: 'list', cells }
  const { slugs } = named
  const { merge, keep } = values
  const out = resolve(values.out ?? docs)
  if (merge.length > 0) return { kind: 'merge', files: merge, cells, slugs, out }
  return { kind: 'run', cells, slugs, keep, out }
}
