import { expect, test } from 'vitest'
import { isGood } from './good.ts'

test.each([
  ['runs', false, true],
  ['builds', false, true],
  ['not code', false, true],
  ['fails', true, true],
  ['fails', false, false],
  ['builds with help', false, false],
  ['fragment', false, false],
] as const)('%s, as the page says: %s; good: %s', (verdict, asTold, good) => {
  expect(isGood({ verdict, asTold })).toBe(good)
})
