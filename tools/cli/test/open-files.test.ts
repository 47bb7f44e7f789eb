import { expect, test } from 'vitest'
import { openFilesProblem } from '../src/open-files.ts'

const limits = (soft: string, hard: string) => () =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files\n`

test.each([
  ['22', '22', 'this process may open 22 files, expected at least 256: raise the hard limit, which is 22'],
  ['64', '4096', 'this process may open 64 files, expected at least 256: run ulimit -n 256 first'],
  ['64', 'unlimited', 'this process may open 64 files, expected at least 256: run ulimit -n 256 first'],
  ['1024', '4096', null],
  ['unlimited', 'unlimited', null],
])('of a limit of %s and %s it says %s', (soft, hard, problem) => {
  expect(openFilesProblem(limits(soft, hard))).toBe(problem)
})

test('where no limit is known, nothing is wrong', () => {
  expect(openFilesProblem(() => '')).toBeNull()
})
