import { matchesGlob, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { noCell, noChapter, type Refusal, strangeOption } from '../src/refusal.ts'
import { CELLS, type Cell, nameOf } from './cells.ts'

export const USAGE = `npm run matrix [-- [--cells GLOB]... [--filter CHAPTER]... [--list | --merge FILE...] [--keep] [--out FOLDER]]

Verifies the chapters in every cell of the matrix, one cell after another, shows the table, and keeps what it saw.

  --cells GLOB      only these cells, as host/*/c++23/** or **/threads
  --filter CHAPTER  only this chapter
  --list            name the cells, and what this machine has for each or lacks; run nothing
  --merge FILE      put together what several machines kept; run nothing
  --keep            keep what a cell built, else deleted when the cell has ended
  --out FOLDER      where matrix.json and matrix.md are kept: docs, unless said

Exit code 0: no chapter failed; 1: one did; 2: this was not typed as it is here.`

/** What was typed. `slugs` are all chapters, and `cells` all cells, where none are named. */
export type Asked =
  | { kind: 'help' }
  | { kind: 'list'; cells: readonly Cell[] }
  | { kind: 'merge'; files: readonly string[]; cells: readonly Cell[]; slugs: readonly string[]; out: string }
  | { kind: 'run'; cells: readonly Cell[]; slugs: readonly string[]; keep: boolean; out: string }
  | ({ kind: 'refused' } & Refusal)

/** Reads a command line. `docs` is where results are kept if it does not say. */
export function readAsked(args: readonly string[], chapters: readonly string[], docs: string): Asked {
  const values = parse(args)
  if ('problem' in values) return { kind: 'refused', ...values }
  if (values.help) return { kind: 'help' }
  const { filter, merge, keep } = values
  const strange = filter.filter((slug) => !chapters.includes(slug))
  if (strange.length > 0) return { kind: 'refused', ...noChapter(strange, chapters, 'matrix') }
  const cells = CELLS.filter((cell) => values.cells.some((glob) => matchesGlob(nameOf(cell), glob)))
  if (cells.length === 0) return { kind: 'refused', ...noCell(values.cells, nameOf(CELLS[0]!)) }
  if (values.list) return { kind: 'list', cells }
  const slugs = filter.length > 0 ? filter : chapters
  const out = resolve(values.out ?? docs)
  if (merge.length > 0) return { kind: 'merge', files: merge, cells, slugs, out }
  return { kind: 'run', cells, slugs, keep, out }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        cells: { type: 'string', multiple: true, default: ['**'] },
        filter: { type: 'string', multiple: true, default: [] },
        list: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        out: { type: 'string' },
        merge: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values
  } catch (error) {
    return strangeOption((error as Error).message, 'matrix')
  }
}
