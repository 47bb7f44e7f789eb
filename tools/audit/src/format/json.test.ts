import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { empty, good, report, rich } from '../../test/reports.ts'
import { json } from './json.ts'

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../docs/audit.schema.json'), 'utf8'),
)

/** The schema, in which no object may have a field that is not described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const fields = Object.entries(schema).map(([name, value]) => [name, closed(value)])
  const open = 'properties' in schema && !('additionalProperties' in schema)
  return Object.fromEntries(open ? [...fields, ['additionalProperties', false]] : fields)
}

const whole = report()
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(closed(SCHEMA) as object)
const entry = { key: 'a', rule: 'block-fails', file: 'docs/herd.md', message: 'a', count: 2 }

test.each([
  ['everything', whole],
  ['nothing wrong', report(good)],
  ['no block', report(empty)],
  ['a baseline', report(rich, 'error', [entry, { ...entry, key: 'b', file: 'other.md' }])],
])('%s fits the published schema, which describes each of its fields', (_, one) => {
  validate(JSON.parse(json(one)))
  expect(validate.errors).toBeNull()
})

test('the schema refuses what is not of it', () => {
  const document = JSON.parse(json(whole))
  for (const wrong of [
    { ...document, version: 2 },
    { ...document, blocks: [{ ...document.blocks[0], verdict: 'good' }] },
    { ...document, blocks: [{ ...document.blocks[0], line: 0 }] },
    { ...document, troubles: undefined },
  ])
    expect(validate(JSON.parse(JSON.stringify(wrong)))).toBe(false)
})

test('it holds each block as the audit does, hostile words and all', () => {
  const document = JSON.parse(json(whole))
  expect(document.blocks).toEqual(rich.blocks)
  expect(document.groups).toEqual(rich.groups)
  expect(document.lints).toEqual(rich.lints)
  expect(document.totals.verdicts).toEqual({
    runs: 1,
    builds: 1,
    'builds with help': 1,
    fails: 3,
    untried: 0,
    fragment: 1,
    'not code': 1,
  })
  expect(document.findings).toEqual({ fails: 3, known: 0, told: 5 })
})

test('printed to a log, it holds nothing that a terminal or a CI server obeys', () => {
  const text = json(whole)
  expect(text).not.toMatch(/##|[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\s*::/mu)
})
