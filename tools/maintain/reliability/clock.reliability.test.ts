import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { verify } from '../checkout/run.ts'

const small = openSmallCheckout(['ebb'])
afterAll(() => small[Symbol.dispose]())
const PATTERN = join(small.root, 'patterns/ebb')
const TEST_LIMIT_MS = 15 * 60_000

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
}, TEST_LIMIT_MS)

test('a clock that goes back by a day: what is saved afterwards is noticed, and so is its fix', async () => {
  // All that was written before is from tomorrow then; who is asked is the checkout, its cache and what was built.
  const touch = '. -path ./node_modules -prune -o -exec touch -h -d tomorrow {} +'
  execFileSync('find', touch.split(' '), { cwd: small.root })
  const fix = editShown(PATTERN, 'include/ebb.h', '210', '215')
  const broken = await verify(small)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  expect(broken.said).toContain('wrong-output')
  fix()
  const fixed = await verify(small, { args: ['--force'] })
  expect(fixed, fixed.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
})
