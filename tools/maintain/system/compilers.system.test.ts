import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { DOORS, type Door, type Run, verify } from '../checkout/run.ts'
import { shadow, shadowCompiler } from '../checkout/shadow.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())

const EXECUTED: Run['patterns'] = { ebb: 'executed', flood: 'executed' }
const CACHED: Run['patterns'] = { ebb: 'cached', flood: 'cached' }

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true, patterns: EXECUTED })
})

test.each(Object.keys(DOORS) as Door[])(
  '%s: another compiler gets no result of the first one',
  async (door) => {
    const version = `12.9.${Object.keys(DOORS).indexOf(door)}`
    const env = shadowCompiler(small, version)
    const other = await verify(small, { door, env })
    expect(other, `a g++ that comes first on PATH: ${other.said}`).toMatchObject({
      passed: true,
      patterns: EXECUTED,
    })
    const again = await verify(small, { door, env })
    expect(again, `the same one: ${again.said}`).toMatchObject({ passed: true, patterns: CACHED })

    shadowCompiler(small, `${version}1`, true)
    const upgraded = await verify(small, { door, env })
    expect(upgraded.passed, `upgraded in place, and it compiles nothing: ${upgraded.said}`).toBe(false)
    expect(Object.values(upgraded.patterns)).toContain('executed')
    expect(Object.values(upgraded.patterns)).not.toContain('cached')

    shadowCompiler(small, version)
    const downgraded = await verify(small, { door, env })
    expect(downgraded, `put back in place: ${downgraded.said}`).toMatchObject({
      passed: true,
      patterns: CACHED,
    })
    const first = await verify(small, { door })
    expect(first, `the first one: ${first.said}`).toMatchObject({ passed: true, patterns: CACHED })
  },
)

test('a compiler that is another one when the runner asks: red, and nothing is cached', async () => {
  const atHand = join(small.root, 'patterns/ebb/at-hand.json')
  const version = `if grep -q 12.9.8 '${atHand}'; then echo 12.9.9; else echo 12.9.8; fi`
  const env = shadow(
    small,
    'g++',
    (real) => `case "$1" in --version) echo "g++ (Shadow) $(${version})"; exit;; esac\nexec ${real} "$@"`,
  )
  const torn = await verify(small, { env })
  expect(torn.passed, torn.said).toBe(false)
  expect(torn.said).toContain('two toolchains at work in one checkout')
  const settled = await verify(small, { env: shadowCompiler(small, '12.9.8') })
  expect(settled, settled.said).toMatchObject({ passed: true, patterns: EXECUTED })
})
