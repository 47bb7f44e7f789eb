import { parseArgs } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { REPORT_OPTIONS, readReportOptions } from './options.ts'

const read = (line: string) =>
  readReportOptions(parseArgs({ args: line.split(' ').filter(Boolean), options: REPORT_OPTIONS }).values)

beforeEach(() => vi.stubEnv('CI', ''))
afterEach(() => vi.unstubAllEnvs())

test('text on standard output, and errors fail, unless something else is said', () => {
  expect(read('')).toEqual({
    kind: 'read',
    options: {
      outputs: [{ format: 'text', path: null }],
      failOn: new Set(['error']),
      baseline: null,
      update: false,
    },
  })
})

test.each([
  ['', ['error']],
  ['false', ['error']],
  ['true', ['error', 'untried']],
])('with CI=%j what was not tried fails only where nobody reads along', (CI, failOn) => {
  vi.stubEnv('CI', CI)
  expect(read('')).toMatchObject({ options: { failOn: new Set(failOn) } })
  expect(read('--fail-on error')).toMatchObject({ options: { failOn: new Set(['error']) } })
})

test('one audit is reported in many formats', () => {
  expect(read('--format text --format github --format sarif=a=b.sarif --fail-on help,lint')).toMatchObject({
    options: {
      outputs: [
        { format: 'text', path: null },
        { format: 'github', path: null },
        { format: 'sarif', path: 'a=b.sarif' },
      ],
      failOn: new Set(['help', 'lint']),
    },
  })
  expect(read('--format json --output a.json')).toMatchObject({
    options: { outputs: [{ format: 'json', path: 'a.json' }] },
  })
})

test.each([
  ['--format yaml', '--format yaml: expected one of text'],
  ['--format json=', 'the file is not named'],
  ['--format github=a', 'goes to standard output'],
  ['--format json=a --output b', 'exactly one --format'],
  ['--format json --format text', 'json and text cannot share'],
  ['--fail-on warnings', '--fail-on warnings: expected some of never'],
  ['--fail-on never,help', '--fail-on never,help: never cannot be combined'],
  ['--update-baseline', 'needs --baseline FILE'],
])('%s is refused', (line, problem) => {
  expect(read(line)).toEqual({ kind: 'refused', problem: expect.stringContaining(problem) })
})
