import { matchesGlob, resolve } from 'node:path'
import { type Refused, readArguments, readSlugs, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import { CELLS, type Cell, nameOf } from './cells.ts'

const OPTIONS = {
  cells: {
    type: 'string',
    value: 'GLOB',
    multiple: true,
    default: ['**'] as string[],
    help: 'only these cells, as host/*/c++23/** or **/threads',
  },
  filter: {
    type: 'string',
    value: 'pattern',
    multiple: true,
    default: [] as string[],
    help: 'only this chapter',
  },
  list: {
    type: 'boolean',
    default: false,
    help: 'name the cells, and what this machine has for each or lacks; run nothing',
  },
  keep: {
    type: 'boolean',
    default: false,
    help: 'keep what was built: with every chapter, a cell takes 2.3 GB and its crates 1 GB',
  },
  out: { type: 'string', value: 'FOLDER', help: 'where matrix.json and matrix.md are kept' },
  merge: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    default: [] as string[],
    help: 'put together what several machines kept; run nothing',
  },
} as const

/** What was typed. `slugs` are all chapters, and `cells` all cells, where none are named. */
export type Options =
  | { kind: 'list'; cells: readonly Cell[] }
  | { kind: 'merge'; files: readonly string[]; cells: readonly Cell[]; slugs: readonly string[]; out: string }
  | { kind: 'run'; cells: readonly Cell[]; slugs: readonly string[]; keep: boolean; out: string }
  | Refused

/** Reads a command line. `docs` is where results are kept if it does not say. */
export function readOptions(args: readonly string[], chapters: readonly string[], docs: string): Options {
  const parsed = readArguments(COMMANDS.matrix, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const { values, words } = parsed
  if (words.length > 0)
    return refused(
      COMMANDS.matrix,
      `unexpected ${words.join(' ')}, a chapter is named by --filter, a cell by --cells`,
    )
  const named = readSlugs(COMMANDS.matrix, values.filter, chapters)
  if (named.kind === 'refused') return named
  const cells = CELLS.filter((cell) => values.cells.some((glob) => matchesGlob(nameOf(cell), glob)))
  if (cells.length === 0) {
    const like = `expected a glob of names as ${nameOf(CELLS[0]!)}, which --list shows`
    return refused(COMMANDS.matrix, `no cell matches ${values.cells.join(' or ')}, ${like}`)
  }
  if (values.list) return { kind: 'list', cells }
  const { slugs } = named
  const { merge, keep } = values
  const out = resolve(values.out ?? docs)
  if (merge.length > 0) return { kind: 'merge', files: merge, cells, slugs, out }
  return { kind: 'run', cells, slugs, keep, out }
}
