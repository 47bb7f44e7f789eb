import { expect, test } from 'vitest'
import { chapter, run } from '../test/runs.ts'
import { skippedLines } from './skipped.ts'

const skips = (...names: string[]) =>
  names.map((name) => ({ name, result: 'skipped' as const, reason: 'not installed', durationMs: 0 }))

test('what was skipped is reported once a reason, with the chapters and the checks', () => {
  const checks = skips('verify.test.ts#memcheck', 'verify.test.ts#sanitizers')
  const other = { name: 'tests/a.rs', result: 'skipped' as const, reason: null, durationMs: 0 }
  const reported = run([chapter('oneshot', { checks }), chapter('stream', { checks: [...checks, other] })])
  expect(skippedLines(reported)).toEqual([
    'skipped in oneshot, stream: memcheck, sanitizers (not installed)',
    'skipped in stream: tests/a.rs (no reason given)',
  ])
})

test('many checks are counted', () => {
  const checks = skips(...'abcdefg')
  expect(skippedLines(run([chapter('oneshot', { checks })]))).toEqual([
    'skipped in oneshot: 7 checks (not installed)',
  ])
})

test('nothing is said where nothing was skipped', () => {
  const checks = [{ name: 'a', result: 'passed' as const, reason: null, durationMs: 1 }]
  expect(
    skippedLines(run([chapter('oneshot', { checks }), { slug: 'b', evidence: null, cached: false }])),
  ).toEqual([])
})
