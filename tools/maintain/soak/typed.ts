import { type Refused, readSlugs, readTyped, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

const OPTIONS = {
  rounds: { type: 'string', value: 'number', default: '50', help: 'how often each test is run' },
  sanitized: { type: 'boolean', default: false, help: 'with sanitizers, which shift who comes first' },
} as const

/** What was typed after `npm run soak --`. */
export function readSoak(
  args: readonly string[],
  patterns: readonly string[],
): { kind: 'soak'; rounds: number; sanitized: boolean; slugs: readonly string[] } | Refused {
  const typed = readTyped(COMMANDS.soak, args, OPTIONS)
  if (typed.kind === 'refused') return typed
  const named = readSlugs(COMMANDS.soak, typed.words, patterns)
  if (named.kind === 'refused') return named
  const rounds = Number(typed.values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    return refused(COMMANDS.soak, `"${typed.values.rounds}" is no number of rounds, expected 1 or more`)
  return { kind: 'soak', rounds, sanitized: typed.values.sanitized, slugs: named.slugs }
}
