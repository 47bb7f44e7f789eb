import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { DOORS, type Door, start, verify } from '../checkout/run.ts'
import { gate, shadow } from '../checkout/shadow.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
const EVIDENCE = join(small.root, 'patterns/ebb/evidence.json')
const doors = Object.keys(DOORS) as Door[]
const together = () => Promise.all(doors.map((door) => verify(small, { door })))

test('two runs at once, from nothing: both green, and what they cached is whole', async () => {
  for (const run of await together()) expect(run.passed, run.said).toBe(true)
  for (const slug of ['ebb', 'flood']) rmSync(join(small.root, 'patterns', slug, 'evidence.json'))
  const cached = await verify(small)
  expect(cached, cached.said).toMatchObject({ passed: true, patterns: { ebb: 'cached', flood: 'cached' } })
})

test('two runs at once, one pattern broken: both red, and green after the fix', async () => {
  const fix = editShown(join(small.root, 'patterns/ebb'), 'include/ebb.h', '210', '215')
  for (const run of await together()) {
    expect(run.passed, run.said).toBe(false)
    expect(run.said).toContain('wrong-output')
  }
  fix()
  for (const run of await together()) expect(run.passed, run.said).toBe(true)
})

test('a run that begins a pattern again does not take from another one what it saw of it', async () => {
  const [flood, ebb] = [gate(small, 'flood'), gate(small, 'ebb')]
  const cargo = (pattern: string, stop: string) =>
    shadow(
      small,
      'cargo',
      (real) => `case "$PWD $*" in
*"/patterns/${pattern} "*--message-format=json*) ${stop};;
esac
exec ${real} "$@"`,
      pattern,
    )
  rmSync(EVIDENCE, { force: true })
  const first = start(small, { args: ['--force'], env: cargo('flood', flood.script) })
  await flood.reached()
  while (!existsSync(EVIDENCE)) await sleep(20)
  const second = start(small, { door: 'npm run verify', args: ['--force'], env: cargo('ebb', ebb.script) })
  await ebb.reached()
  flood.open()
  // Time enough for the first run to look at all evidence while the second one has none of this pattern.
  await Promise.race([first.ended, sleep(2_000)])
  ebb.open()
  for (const run of await Promise.all([first.ended, second.ended])) expect(run.passed, run.said).toBe(true)
})
