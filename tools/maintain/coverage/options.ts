import { type Refused, readArguments, readSlugs } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import { onlyOnHost } from './refusals.ts'

const OPTIONS = {
  keep: {
    type: 'boolean',
    default: false,
    help: 'put the figures into docs/data/coverage.json, and that into docs/measurements.md',
  },
} as const

/** What was typed. `slugs` are all chapters where none are named. */
export type Options = { kind: 'cover'; slugs: readonly string[]; keep: boolean } | Refused

/** Reads a command line; `choice` is TOOLCHAIN. */
export function readOptions(args: readonly string[], chapters: readonly string[], choice = ''): Options {
  const parsed = readArguments(COMMANDS.coverage, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  if (!['', 'auto', 'host'].includes(choice)) return onlyOnHost(choice)
  const named = readSlugs(COMMANDS.coverage, parsed.words, chapters)
  return named.kind === 'refused' ? named : { kind: 'cover', slugs: named.slugs, keep: parsed.values.keep }
}
