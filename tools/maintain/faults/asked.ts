import { type Refused, readTyped, refused, USAGE } from '@cookbook/cli/usage'
import type { Corpus, Fault } from './fault.ts'

const OPTIONS = {
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const

export const HELP = `${USAGE.faults}

Plants faults into good pages, one at a time, and says which of them the audit, the contract's check and the runner
find, beside what others find in the same blocks.

  word     only the faults that have each of these in their page, name, judge or place
  --write  write docs/faults.md, of all faults

Exit code 0: each is found within its block, and nothing in a page without one; 1: not so; 2: none was planted, and why.`

/** What was typed: the faults that are to be planted, and whether the page is written of them. */
export type Asked = { kind: 'help' } | { kind: 'plant'; corpora: readonly Corpus[]; write: boolean } | Refused

/** Reads a command line that chooses among all faults. */
export function readAsked(args: readonly string[], all: readonly Corpus[]): Asked {
  const typed = readTyped('faults', args, OPTIONS)
  if (typed.kind === 'refused') return typed
  const { values, words } = typed
  if (values.help) return { kind: 'help' }
  if (values.write && words.length > 0)
    return refused('faults', `unexpected ${words.join(' ')}, --write writes the page of all faults`)
  const corpora = all
    .map(({ page, faults }) => ({ page, faults: faults.filter((fault) => isNamed(page, fault, words)) }))
    .filter(({ faults }) => faults.length > 0)
  const [first] = all
  return corpora.length > 0
    ? { kind: 'plant', corpora, write: values.write }
    : refused(
        'faults',
        `no fault has ${words.join(' and ')}, expected words of "${told(first!.page, first!.faults[0]!)}"`,
      )
}

const isNamed = (page: string, fault: Fault, words: readonly string[]) =>
  words.every((word) => told(page, fault).includes(word))
const told = (page: string, { name, by, kind }: Fault) => `${page} ${name} by ${by} in ${kind}`
