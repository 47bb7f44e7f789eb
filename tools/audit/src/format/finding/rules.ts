import type { Lint } from '../../verdict.ts'

/** What a rule is about, for formats that list them. */
export type Rule = { id: string; what: string; why: string }

const OWN: readonly Rule[] = [
  {
    id: 'block-fails',
    what: 'A block fails',
    why: 'A reader who follows the guide gets an error here that the guide does not tell of.',
  },
  {
    id: 'untried',
    what: 'A block was not tried',
    why: 'Whether it builds and runs is not known: the block around it was ended, or this machine lacks what it needs.',
  },
  {
    id: 'needs-help',
    what: 'A block builds with help only',
    why: 'The guide leaves out something that a reader has to find out and add before this builds.',
  },
  {
    id: 'hides-lines',
    what: 'A block hides lines that a reader needs',
    why: 'The page shows less than what was compiled, so that a reader who copies it gets something else.',
  },
  {
    id: 'unreadable',
    what: 'A page cannot be read',
    why: 'What cannot be read was not audited.',
  },
]

/** The rules of the audit itself, and those of the lints that it found. */
export function rulesOf(lints: readonly Lint[]): Rule[] {
  const first = [...Map.groupBy(lints, ({ rule }) => rule).values()].map((same) => same[0]!)
  return [...OWN, ...first.map(({ rule, message, why }) => ({ id: rule, what: message, why }))]
}
