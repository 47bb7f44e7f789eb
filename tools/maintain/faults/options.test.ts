import { expect, test } from 'vitest'
import { readCorpora } from './fault.ts'
import { readOptions } from './options.ts'

const ALL = readCorpora()
/** How many faults of each page a command line chooses. */
const chosen = (...args: string[]) => {
  const options = readOptions(args, ALL)
  if (options.kind !== 'plant') throw new Error(`${args.join(' ')}: ${options.kind}`)
  return Object.fromEntries(options.corpora.map(({ page, faults }) => [page, faults.length]))
}

test('every fault is planted where none are named, and the page is written only when that is said', () => {
  expect(readOptions([], ALL)).toEqual({ kind: 'plant', corpora: ALL, write: false })
  expect(readOptions(['--write'], ALL)).toEqual({ kind: 'plant', corpora: ALL, write: true })
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
  const options = readOptions(args, ALL)
  expect(options.kind === 'refused' && options.problem).toContain(problem)
})
