import { expect, test } from 'vitest'
import { readAsked } from './asked.ts'

test('all is measured five times, unless something else is said', () => {
  expect(readAsked([])).toEqual({ kind: 'measure', watchAlone: false, runs: 5 })
  expect(readAsked(['watch'], '3')).toEqual({ kind: 'measure', watchAlone: true, runs: 3 })
})

test.each([
  [['wach'], undefined, 'unexpected wach, expected watch or nothing'],
  [['watch', 'watch'], undefined, 'unexpected watch watch, '],
  [['--watch'], undefined, "unknown option '--watch'"],
  [['watch'], '0', 'BENCH_RUNS is "0", expected a whole number from 1'],
  [[], 'five', 'BENCH_RUNS is "five", '],
])('%j with BENCH_RUNS=%s is refused', (args, runs, problem) => {
  const asked = readAsked(args, runs)
  expect(asked.kind === 'refused' && asked.problem).toContain(problem)
})
