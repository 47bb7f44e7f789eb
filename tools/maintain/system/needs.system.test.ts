import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editJson } from '../checkout/edit.ts'
import { DOORS, type Door, verify } from '../checkout/run.ts'
import { shadow } from '../checkout/shadow.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
editJson(join(small.root, 'patterns/ebb/package.json'), (manifest) => {
  manifest.needs = ['kj']
})

const doors = Object.keys(DOORS) as Door[]
const has = (script: string) => shadow(small, 'pkg-config', () => script)
const without = { ...has('exit 1'), COOKBOOK_NO_DOWNLOAD: '1' }
const FINDING = 'patterns/ebb/README.md:1:1 not-verified: ebb is not verified here: kj was not found'

test.for(doors)('%s verifies the other chapters where a need cannot be had', async (door) => {
  const run = await verify(small, { door, env: without })
  expect(run.passed, run.said).toBe(true)
  expect(run.said).toContain(FINDING)
  expect(run.said).toContain('apt-get install libcapnp-dev pkg-config')
  if (door === 'npm run verify')
    expect(run.said).toMatch(/NOT VERIFIED HERE: 1 chapter, 1 of 2 chapters, \d+ examples verified/)
})

test('a bare turbo run is red for it where all chapters are required', async () => {
  const run = await verify(small, { env: { ...without, COOKBOOK_REQUIRE_ALL: '1' } })
  expect(run.passed, run.said).toBe(false)
  expect(run.said).toContain(FINDING)
})

test('--require-all is red for it', async () => {
  const run = await verify(small, { door: 'npm run verify', args: ['--require-all'], env: without })
  expect(run.passed, run.said).toBe(false)
})

test('a chapter without needs asks for nothing', async () => {
  const args = ['--filter=flood', '--require-all']
  const run = await verify(small, { door: 'npm run verify', args, env: without })
  expect(run.passed, run.said).toBe(true)
  expect(run.said).not.toContain('kj')
})

test('a need that was added is used, and the other chapters come from the cache', async () => {
  const run = await verify(small, { door: 'npm run verify', args: ['--require-all'], env: has('echo 0.9.2') })
  expect(run, run.said).toMatchObject({ passed: true, patterns: { ebb: 'executed', flood: 'cached' } })
  expect(run.said).not.toContain('not-verified')
})

test('a need that nobody knows is refused before anything runs', async () => {
  editJson(join(small.root, 'patterns/ebb/package.json'), (manifest) => {
    manifest.needs = ['bost']
  })
  const run = await verify(small, { door: 'npm run verify' })
  expect(run.passed).toBe(false)
  expect(run.said).toMatch(/patterns\/ebb\/package\.json: "needs" names "bost", expected .* any of .*boost/)
})
