import { expect, test } from 'vitest'
import { json } from './json.ts'

test('a run as data: a chapter that broke off has no evidence, and each finding is there', () => {
  const finding = {
    code: 'drift' as const,
    severity: 'error' as const,
    file: 'patterns/oneshot/README.md',
    line: 4,
    column: 1,
    message: 'the example differs',
    detail: [],
    fix: 'npm run sync',
  }
  const chapters = [{ slug: 'oneshot', evidence: null, cached: false }]
  expect(JSON.parse(json({ chapters, findings: [finding], durationMs: 2, passed: false }))).toEqual({
    format: 'cookbook-verify',
    version: 1,
    passed: false,
    durationMs: 2,
    chapters: [{ slug: 'oneshot', cached: false, notVerified: false, evidence: null }],
    findings: [finding],
  })
})
