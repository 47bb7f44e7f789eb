import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('all is measured five times, unless something else is said', () => {
  expect(readOptions([])).toEqual({ kind: 'measure', watchAlone: false, runs: 5 })
  expect(readOptions(['watch'], '3')).toEqual({ kind: 'measure', watchAlone: true, runs: 3 })
})

test.each([
  [['wach'], undefined, 'unexpected wach, expected watch or nothing'],
  [['watch', 'watch'], undefined, 'unexpected watch watch, '],
  [['--watch'], undefined, "unknown option '--watch'"],
  [['watch'], '0', 'BENCH_RUNS is "0", expected a whole number from 1'],
  [[], 'five', 'BENCH_RUNS is "five", '],
])('%j with BENCH_RUNS=%s is refused', (args, runs, problem) => {
  const options = readOptions(args, runs)
  expect(options.kind === 'refused' && options.problem).toContain(problem)
})
