import { expect, test } from 'vitest'
import { parseUnsealed } from '../src/file.ts'
import { parseEvidence, parseFindings } from '../src/schema.ts'
import { isSealed, sealed } from '../src/seal.ts'
import { observed } from './observed.ts'

const finding = {
  code: 'drift' as const,
  severity: 'error' as const,
  file: 'patterns/fetch/README.md',
  line: 4,
  column: 1,
  message: 'the example differs',
  detail: [],
  fix: 'npm run sync',
}
const whole = sealed(
  observed({
    toolchain: {
      kind: 'docker',
      id: 'fedcba9876543210',
      tools: [{ name: 'g++', program: 'g++', version: null, output: '' }],
    },
    examples: [{ line: 3, lang: 'rust', source: 'src/lib.rs', verdict: 'verified' }],
    claims: [{ line: 9, text: 'It ends.', test: 'tests/end.rs#it_ends', verdict: 'skipped' }],
    checks: [{ name: 'tests/end.rs#it_ends', result: 'skipped', reason: 'not asked for', durationMs: 1 }],
    commands: [
      {
        program: 'cargo',
        args: ['build'],
        cwd: '/w',
        env: { CXXFLAGS: '-g' },
        limitMs: 1_000,
        exitStatus: { kind: 'timed-out', limitMs: 1_000 },
        durationMs: 1_001,
      },
    ],
    findings: [finding],
  }),
)
const text = JSON.stringify(whole)

test('what is written is read as it was, and its seal holds', () => {
  expect(parseEvidence(text)).toEqual(whole)
  expect(isSealed(parseEvidence(text)!)).toBe(true)
})

test('a part that was added is no part of what was sealed', () => {
  expect(isSealed(parseEvidence(JSON.stringify({ ...whole, more: true }))!)).toBe(false)
})

test.for([
  ['no JSON', text.slice(1)],
  ['a list', `[${text}]`],
  ['of another version', text.replace('"version":3', '"version":1')],
  ['of no version', text.replace('"version":3,', '')],
  ['of a date that is none', text.replace(/"date":"[^"]+"/, '"date":"yesterday"')],
  ['with a verdict that is none', text.replace('"verified"', '"good"')],
  ['with a code that nobody knows', text.replace('"drift"', '"drifted"')],
  ['with an end that is none', text.replace('"timed-out"', '"tired"')],
  ['without its commands', text.replace('"commands"', '"orders"')],
])('evidence that is %s cannot be read', ([, wrong]) => {
  expect(wrong).not.toBe(text)
  expect(parseEvidence(wrong!)).toBeNull()
})

test('the findings of the whole guide are a list of findings, and nothing else', () => {
  expect(parseFindings(JSON.stringify([finding]))).toEqual([finding])
  expect(parseFindings(JSON.stringify(finding))).toBeNull()
  expect(parseFindings(JSON.stringify([{ ...finding, line: '4' }]))).toBeNull()
})

test.for([
  ['no JSON', text.slice(1)],
  ['null', 'null'],
  ['of another version', text.replace('"version":3', '"version":1')],
  ['without a toolchain', text.replace('"toolchain"', '"tools"')],
  ['without findings', text.replace('"findings"', '"found"')],
])('what is %s is not even looked at for its seal', ([, wrong]) => expect(parseUnsealed(wrong!)).toBeNull())

test('what somebody put between is read, and its seal is broken', () => {
  expect(parseUnsealed(text)).toEqual(whole)
  expect(isSealed(parseUnsealed(text.replace('"verified"', '"good"'))!)).toBe(false)
})
