import { expect, test } from 'vitest'
import { report, rich, verdictOf } from '../../test/reports.ts'
import { annotations } from './annotations.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

const REASON = 'it could not be tried: cargo was stopped by the sandbox: it used more than 4 GiB of memory'
const block = verdictOf('docs/herd.md', 30, 'rust', 'untried', { reason: REASON, group: 'Counting' })
const audit = { ...rich, blocks: [block], groups: [], lints: [], troubles: [] }

test('what was not tried fails an audit that asks for it, and no other', () => {
  expect(report(audit, 'error,untried').judged.failed).toBe(true)
  expect(report(audit, 'error').judged.failed).toBe(false)
  expect(report(audit, 'never').judged.failed).toBe(false)
})

test.each([
  ['text', text(report(audit, 'untried'), false)],
  ['JSON', json(report(audit, 'untried'))],
  ['SARIF', sarif(report(audit, 'untried'))],
  ['JUnit', junit(report(audit, 'untried'))],
  ['Markdown', markdown(report(audit, 'untried'))],
  ['GitHub', JSON.stringify(annotations(report(audit, 'untried')))],
])('%s says what was not tried, and why', (_, reported) => {
  expect(reported).toContain('untried')
  expect(reported).toMatch(/used more than 4 GiB of memory/)
})

test('JUnit counts it as skipped, where it does not fail', () => {
  expect(junit(report(audit, 'error'))).toMatch(/<skipped>untried: it could not be tried/)
  expect(junit(report(audit, 'untried'))).toMatch(/<failure type="untried"/)
})
