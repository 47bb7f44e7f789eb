import { type Refused, readSlugs, readTyped, USAGE } from '@cookbook/cli/usage'
import { onlyOnHost } from './refusals.ts'

const OPTIONS = {
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const

export const HELP = `${USAGE.coverage}

Runs the programs and tests of these chapters, or of all, from a build that counts, and shows which of the shown lines
of Rust and C++ ran: a table, and below target/coverage each chapter with its lines marked (index.html), and all as JSON
(coverage.json). On the host alone, with g++, whose gcov is read.

  --keep  put the figures of the chapters into docs/coverage.json, and that into docs/measurements.md

Exit code 0: every line ran or has a reason in the chapter; 1: one has none; 2: nothing was run, and why.`

/** What was typed. `slugs` are all chapters where none are named. */
export type Asked = { kind: 'help' } | { kind: 'cover'; slugs: readonly string[]; keep: boolean } | Refused

/** Reads a command line; `choice` is TOOLCHAIN. */
export function readAsked(args: readonly string[], chapters: readonly string[], choice = ''): Asked {
  const typed = readTyped('coverage', args, OPTIONS)
  if (typed.kind === 'refused') return typed
  if (typed.values.help) return { kind: 'help' }
  if (!['', 'auto', 'host'].includes(choice)) return onlyOnHost(choice)
  const named = readSlugs('coverage', typed.words, chapters)
  return named.kind === 'refused' ? named : { kind: 'cover', slugs: named.slugs, keep: typed.values.keep }
}
