import { beforeAll, expect, test } from 'vitest'
import { auditEscapes, ESCAPES, type Tried } from '../../audit/test/escapes.ts'

// All of them, and in Docker too: npm run reliability -- sandbox
const short = ESCAPES.filter(({ short }) => short)
let tried: Tried

beforeAll(async () => {
  tried = await auditEscapes('bubblewrap', short)
})

test.each(short)('$name', ({ name, expected, printed }) => {
  const reported = tried.reported.get(name)
  expect(reported?.verdicts).toMatch(expected)
  if (printed !== null) expect(reported?.printed).toMatch(printed)
  expect(reported?.honest).toBe('runs: honest\n')
})

test('nothing gets out', () => {
  expect(short.length).toBeGreaterThan(5)
  expect(tried.harm).toEqual([])
})
