import { type Refused, readArguments, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import type { Corpus, Fault } from './fault.ts'

const OPTIONS = {
  write: { type: 'boolean', default: false, help: 'write docs/faults.md, of all faults' },
} as const

/** What was typed: the faults that are to be planted, and whether the page is written of them. */
export type Options = { kind: 'plant'; corpora: readonly Corpus[]; write: boolean } | Refused

/** Reads a command line that chooses among all faults. */
export function readOptions(args: readonly string[], all: readonly Corpus[]): Options {
  const parsed = readArguments(COMMANDS.faults, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const { values, words } = parsed
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
        `no fault has ${words.join(' and ')}, expected words of "${reported(first!.page, first!.faults[0]!)}"`,
      )
}

const isNamed = (page: string, fault: Fault, words: readonly string[]) =>
  words.every((word) => reported(page, fault).includes(word))
const reported = (page: string, { name, by, kind }: Fault) => `${page} ${name} by ${by} in ${kind}`
