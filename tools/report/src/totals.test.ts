import { expect, test } from 'vitest'
import { chapter, drift, run } from '../test/runs.ts'
import { totals } from './totals.ts'

const warning = { ...drift, severity: 'warning' as const }
const notVerified = { ...warning, code: 'not-verified' as const }
const none = { examples: [], claims: [] }
const one = { examples: [{ line: 3, lang: 'rust', source: 'src/lib.rs', verdict: 'verified' as const }] }

const reported = [
  [run([]), '0 chapters, 0 examples verified, 0 claims proved in 31.2 s'],
  [run([chapter('a', one)]), '1 chapter, 1 example verified, 1 claim proved in 31.2 s'],
  [run([chapter('a'), chapter('b')]), '2 chapters, 4 examples verified, 2 claims proved in 31.2 s'],
  [
    run([chapter('a'), chapter('b', none, true)], { durationMs: 649 }),
    '2 chapters, 2 examples verified, 1 claim proved in 0.6 s, 1 chapter from the cache',
  ],
  [
    run([chapter('a', {}, true), chapter('b', {}, true)], { durationMs: 700 }),
    '2 chapters, 4 examples verified, 2 claims proved in 0.7 s, 2 chapters from the cache',
  ],
  [
    run([chapter('a', { findings: [drift, warning] })]),
    '1 chapter, 2 examples verified, 1 claim proved in 31.2 s, 1 finding',
  ],
  [
    run([chapter('a'), chapter('b', { ...none, findings: [notVerified] }, true)]),
    'NOT VERIFIED HERE: 1 chapter, 1 of 2 chapters, 2 examples verified, 1 claim proved in 31.2 s, 1 chapter from the cache',
  ],
  [
    run([{ slug: 'a', evidence: null, cached: false }], { findings: [drift, drift] }),
    '1 chapter, 0 examples verified, 0 claims proved in 31.2 s, 2 findings',
  ],
] as const
for (const [result, words] of reported) test(words, () => expect(totals(result)).toBe(words))

test('only what is verified and proved is counted', () => {
  const examples = ['verified', 'failing', 'unproved'] as const
  const claims = ['proved', 'failing', 'unproved', 'skipped'] as const
  const mixed = chapter('a', {
    examples: examples.map((verdict) => ({ line: 1, lang: 'rust', source: 'src/lib.rs', verdict })),
    claims: claims.map((verdict) => ({ line: 1, text: '', test: '', verdict })),
  })
  expect(totals(run([mixed]))).toContain('1 example verified, 1 claim proved')
})
