import { createRequire } from 'node:module'
import draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'
import { empty, good, report, rich } from '../../test/reports.ts'
import { sarif } from './sarif.ts'

// The schema has patterns that are none with the flag for Unicode. The packages are CommonJS, whose default export is the module.
const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const SCHEMA = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const whole = report()
const validate = ajv.compile(SCHEMA)

test.each([
  ['everything', whole],
  ['a baseline', report(rich, 'error', [])],
  ['nothing wrong', report(good)],
  ['no block', report(empty)],
])('%s is valid SARIF 2.1.0', (_, reported) => {
  validate(JSON.parse(sarif(reported)))
  expect(validate.errors).toBeNull()
})

test('the schema refuses what is not SARIF', () => {
  const log: Log = JSON.parse(sarif(whole))
  const [run] = log.runs
  expect(validate({ ...log, version: '2.0.0' })).toBe(false)
  expect(validate({ ...log, runs: [{ ...run, results: [{ level: 'bad', message: {} }] }] })).toBe(false)
})

test('each finding is a result at its place, of a rule that is listed', () => {
  const [run] = (JSON.parse(sarif(whole)) as Log).runs
  const results = run!.results!.map(({ ruleId, ruleIndex, level, locations }) => {
    const { artifactLocation, region } = locations![0]!.physicalLocation!
    expect(run!.tool.driver.rules![ruleIndex!]!.id).toBe(ruleId)
    return `${artifactLocation!.uri}:${region!.startLine}:${region!.startColumn} ${level} ${ruleId}`
  })
  expect(results).toEqual([
    'docs/herd.md:10:1 warning hides-lines',
    'docs/herd.md:20:1 warning needs-help',
    'docs/herd.md:20:1 warning needs-help',
    'docs/herd.md:32:18 error block-fails',
    'docs/herd.md:51:31 warning detached-thread',
    'docs/wolf%20%250A%3A%3Ax%2C%20y.md:15:500000 error block-fails',
    'docs/wolf%20%250A%3A%3Ax%2C%20y.md:15:500000 note result-lost',
    'docs/lost.md:1:1 error unreadable',
  ])
})

test('a result points at its fence, quotes its line and is known again by content', () => {
  const [run] = (JSON.parse(sarif(whole)) as Log).runs
  const result = run!.results!.find(({ ruleId }) => ruleId === 'block-fails')!
  expect(result.relatedLocations![0]!.physicalLocation!.region!.startLine).toBe(30)
  expect(result.locations![0]!.physicalLocation!.region!.snippet!.text).toContain('"sheep"')
  const hash = expect.stringMatching(/^[0-9a-f]{16}$/)
  expect(result.partialFingerprints).toEqual({ 'cookbookAudit/v2': hash, 'cookbookAudit/v1': hash })
})

test('with a baseline, what is new is told from what is known', () => {
  const [first] = whole.judged.reported
  const entry = { key: first!.key, rule: '', file: '', message: '', count: 1 }
  const [run] = (JSON.parse(sarif(report(rich, 'error', [entry]))) as Log).runs
  expect(run!.results!.slice(0, 2).map(({ baselineState }) => baselineState)).toEqual(['unchanged', 'new'])
})

test('no hostile word is a link, a mark or a command, and none goes on for ever', () => {
  const log = sarif(whole)
  expect(log).not.toMatch(/\]\(|##|[^\P{Cc}\n]|\\u00[01]|^\s*::/mu)
  expect(log.length).toBeLessThan(100_000)
})
