import { type Refused, readTyped, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import type { Corpus, Fault } from './fault.ts'

const OPTIONS = {
  write: { type: 'boolean', default: false, help: 'write docs/faults.md, of all faults' },
} as const

/** What was typed: the faults that are to be planted, and whether the page is written of them. */
export type Asked = { kind: 'plant'; corpora: readonly Corpus[]; write: boolean } | Refused

/** Reads a command line that chooses among all faults. */
export function readAsked(args: readonly string[], all: readonly Corpus[]): Asked {
  const typed = readTyped(COMMANDS.faults, args, OPTIONS)
  if (typed.kind === 'refused') return typed
  const { values, words } = typed
  if (values.write && words.length > 0)
    return refused(COMMANDS.faults, `unexpected ${words.join(' ')}, --write writes the page of all faults`)
  const corpora = all
    .map(({ page, faults }) => ({ page, faults: faults.filter((fault) => isNamed(page, fault, words)) }))
    .filter(({ faults }) => faults.length > 0)
  const [first] = all
  return corpora.length > 0
    ? { kind: 'plant', corpora, write: values.write }
    : refused(
        COMMANDS.faults,
        `no fault has ${words.join(' and ')}, expected words of "${told(first!.page, first!.faults[0]!)}"`,
      )
}

const isNamed = (page: string, fault: Fault, words: readonly string[]) =>
  words.every((word) => told(page, fault).includes(word))
const told = (page: string, { name, by, kind }: Fault) => `${page} ${name} by ${by} in ${kind}`
