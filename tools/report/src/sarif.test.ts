import { createRequire } from 'node:module'
import type { Finding } from '@cookbook/guide'
import draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'
import { chapter, drift, hostile, run } from '../test/runs.ts'
import { sarif } from './sarif.ts'

// The schema has patterns that are none with the flag for Unicode. The packages are CommonJS, whose default export is the module.
const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const SCHEMA = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const validate = ajv.compile(SCHEMA)

const warning = { ...drift, severity: 'warning' as const, file: 'patterns/a b/%.md' }
const mixed = run([chapter('oneshot'), chapter('stream', { findings: [drift, warning, hostile] })], {
  passed: false,
})
const parsed = (reported: Parameters<typeof sarif>[0]): Log => JSON.parse(sarif(reported))

test.each([
  ['a run with findings', mixed],
  ['a good run', run([chapter('oneshot')])],
  ['a run of nothing', run([])],
])('%s is valid SARIF 2.1.0', (_, reported) => {
  validate(parsed(reported))
  expect(validate.errors).toBeNull()
})

test('the schema refuses what is not SARIF', () => {
  const log = parsed(mixed)
  expect(validate({ ...log, version: '2.0.0' })).toBe(false)
  expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'bad', message: {} }] }] })).toBe(
    false,
  )
})

test("each finding is a result at its chapter's line", () => {
  const results = parsed(mixed).runs[0]!.results!.map(({ ruleId, level, locations }) => {
    const { artifactLocation, region } = locations![0]!.physicalLocation!
    return `${artifactLocation!.uri}:${region!.startLine}:${region!.startColumn} ${level} ${ruleId}`
  })
  expect(results).toEqual([
    'patterns/stream/README.md:41:5 error drift',
    'patterns/a%20b/%25.md:41:5 warning drift',
    'patterns/stream/README.md:7:1 error wrong-output',
  ])
})

const prints = (...findings: Finding[]) =>
  parsed(run([chapter('a', { findings })])).runs[0]!.results!.map(
    ({ partialFingerprints }) => partialFingerprints!,
  )

test('a finding that moves is the same, and so is one whose message reads better', () => {
  const [before] = prints(drift)
  expect(prints({ ...drift, line: 90 })).toEqual([before])
  const [after] = prints({ ...drift, message: 'another' })
  expect(after!['cookbookVerify/v2']).toBe(before!['cookbookVerify/v2'])
  expect(after!['cookbookVerify/v1']).not.toBe(before!['cookbookVerify/v1'])
})

test('each finding of a file has a fingerprint of its own, whatever is found elsewhere', () => {
  const all = prints(drift, { ...drift, file: 'other.md' }, drift, { ...drift, code: 'unproved' })
  const keys = all.map((each) => each['cookbookVerify/v2']!)
  expect(new Set(keys).size).toBe(4)
  expect(prints(drift, drift).every((each) => keys.includes(each['cookbookVerify/v2']!))).toBe(true)
})

test('the whole document is as it was accepted', async () => {
  await expect(sarif(mixed)).toMatchFileSnapshot('../fixtures/mixed.sarif')
})

test('what an example printed is no link and no command, and does not go on for ever', () => {
  const text = parsed(run([chapter('a', { findings: [hostile] })])).runs[0]!.results![0]!.message.text!
  expect(text).not.toMatch(/\]\(|##\[|[^\P{Cc}\n]|^\s*::/mu)
  expect(text.length).toBeLessThan(5_000)
})
