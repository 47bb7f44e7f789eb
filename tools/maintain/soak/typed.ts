import { type Refused, readSlugs, readTyped, refused } from '@cookbook/cli/usage'

const OPTIONS = {
  rounds: { type: 'string', default: '50' },
  sanitized: { type: 'boolean', default: false },
} as const

/** What was typed after `npm run soak --`. */
export function readSoak(
  args: readonly string[],
  patterns: readonly string[],
): { kind: 'soak'; rounds: number; sanitized: boolean; slugs: readonly string[] } | Refused {
  const typed = readTyped('soak', args, OPTIONS)
  if (typed.kind === 'refused') return typed
  const named = readSlugs('soak', typed.words, patterns)
  if (named.kind === 'refused') return named
  const rounds = Number(typed.values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    return refused('soak', `"${typed.values.rounds}" is no number of rounds, expected 1 or more`)
  return { kind: 'soak', rounds, sanitized: typed.values.sanitized, slugs: named.slugs }
}
