import { beforeAll, expect, test } from 'vitest'
import { auditEscapes, ESCAPES, type Tried } from './escapes.ts'

// All of them: npm run reliability -- sandbox
const short = ESCAPES.filter((one) => one.short)
let tried: Tried

beforeAll(async () => {
  tried = await auditEscapes('docker', short)
})

test.each(short)('$name', ({ name, expected, printed }) => {
  const told = tried.told.get(name)
  expect(told?.verdicts).toMatch(expected)
  if (printed !== null) expect(told?.printed).toMatch(printed)
  expect(told?.honest).toBe('runs: honest\n')
})

test('nothing gets out', () => {
  expect(short.length).toBeGreaterThan(5)
  expect(tried.harm).toEqual([])
})
