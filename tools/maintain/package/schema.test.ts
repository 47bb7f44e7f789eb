import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { configSchema } from './package.ts'

const validate = new Ajv({ strict: true }).compile({ ...configSchema() } as object)

test('the schema that ships takes what the command takes, and refuses what it refuses', () => {
  expect(validate({ $schema: 'x', paths: ['docs'], 'fail-on': ['error', 'lint'], sanitize: true })).toBe(true)
  for (const wrong of [{ path: ['docs'] }, { paths: [] }, { 'fail-on': ['all'] }, { baseline: '' }, []])
    expect(validate(wrong), JSON.stringify(wrong)).toBe(false)
})
