import { expect, test } from 'vitest'
import { readAsked } from './asked.ts'
import { readCorpora } from './fault.ts'

const ALL = readCorpora()
/** How many faults of each page a command line chooses. */
const chosen = (...args: string[]) => {
  const asked = readAsked(args, ALL)
  if (asked.kind !== 'plant') throw new Error(`${args.join(' ')}: ${asked.kind}`)
  return Object.fromEntries(asked.corpora.map(({ page, faults }) => [page, faults.length]))
}

test('every fault is planted where none are named, and the page is written only when that is said', () => {
  expect(readAsked([], ALL)).toEqual({ kind: 'plant', corpora: ALL, write: false })
  expect(readAsked(['--write'], ALL)).toEqual({ kind: 'plant', corpora: ALL, write: true })
})

test('each word narrows the choice: to a page, a judge, a place, a name', () => {
  const { page, faults } = ALL[0]!
  expect(chosen(page)).toEqual({ [page]: faults.length })
  const { name, by, kind } = faults[0]!
  const alike = faults.filter((fault) => fault.by === by && fault.kind === kind)
  expect(alike.length).toBeLessThan(faults.length)
  expect(chosen(page, `by ${by}`, `in ${kind}`)).toEqual({ [page]: alike.length })
  expect(chosen(page, name)).toEqual({ [page]: 1 })
})

test.each([
  [['fech', 'audit'], `no fault has fech and audit, expected words of "${ALL[0]!.page} `],
  [['--write', 'audit'], 'unexpected audit, --write writes the page of all faults'],
  [['--wirte'], "unknown option '--wirte'"],
])('%j is refused', (args, problem) => {
  const asked = readAsked(args, ALL)
  expect(asked.kind === 'refused' && asked.problem).toContain(problem)
})
