import { parseArgs } from 'node:util'
import { noChapter, onlyOnHost, type Refusal, strangeOption } from '../src/refusal.ts'

export const USAGE = `npm run coverage [-- CHAPTER...]

Runs the programs and tests of these chapters, or of all, from a build that counts, and shows which of the shown lines
of Rust and C++ ran: a table, and below target/coverage each chapter with its lines marked (index.html), and all as JSON
(coverage.json). On the host alone, with g++, whose gcov is read.

Exit code 0: every line ran or has a reason in the chapter; 1: one has none; 2: nothing was run, and why.`

/** What was typed. `slugs` are all chapters where none are named. */
export type Asked =
  | { kind: 'help' }
  | { kind: 'cover'; slugs: readonly string[] }
  | ({ kind: 'refused' } & Refusal)

/** Reads a command line; `choice` is TOOLCHAIN. */
export function readAsked(args: readonly string[], chapters: readonly string[], choice = ''): Asked {
  const typed = parse(args)
  if ('problem' in typed) return { kind: 'refused', ...typed }
  if (typed.values.help) return { kind: 'help' }
  if (!['', 'auto', 'host'].includes(choice)) return { kind: 'refused', ...onlyOnHost(choice) }
  const strange = typed.positionals.filter((slug) => !chapters.includes(slug))
  if (strange.length > 0) return { kind: 'refused', ...noChapter(strange, chapters, 'coverage') }
  return { kind: 'cover', slugs: typed.positionals.length > 0 ? typed.positionals : chapters }
}

function parse(args: readonly string[]) {
  try {
    const options = { help: { type: 'boolean', default: false, short: 'h' } } as const
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    return strangeOption((error as Error).message, 'coverage')
  }
}
