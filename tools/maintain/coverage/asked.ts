import { type Refused, readSlugs, readTyped } from '@cookbook/cli/command-line'
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
export type Asked = { kind: 'cover'; slugs: readonly string[]; keep: boolean } | Refused

/** Reads a command line; `choice` is TOOLCHAIN. */
export function readAsked(args: readonly string[], chapters: readonly string[], choice = ''): Asked {
  const typed = readTyped(COMMANDS.coverage, args, OPTIONS)
  if (typed.kind === 'refused') return typed
  if (!['', 'auto', 'host'].includes(choice)) return onlyOnHost(choice)
  const named = readSlugs(COMMANDS.coverage, typed.words, chapters)
  return named.kind === 'refused' ? named : { kind: 'cover', slugs: named.slugs, keep: typed.values.keep }
}
