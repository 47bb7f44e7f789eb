import { type Refused, readArguments, readSlugs, refused } from '@cookbook/cli/command-line'
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
  const parsed = readArguments(COMMANDS.soak, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const named = readSlugs(COMMANDS.soak, parsed.words, patterns)
  if (named.kind === 'refused') return named
  const rounds = Number(parsed.values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    return refused(COMMANDS.soak, `"${parsed.values.rounds}" is no number of rounds, expected 1 or more`)
  return { kind: 'soak', rounds, sanitized: parsed.values.sanitized, slugs: named.slugs }
}
