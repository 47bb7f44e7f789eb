import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { edit, editShown } from '../checkout/edit.ts'
import { start, verify } from '../checkout/run.ts'
import { gate, shadow } from '../checkout/shadow.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
const PATTERN = join(small.root, 'patterns/ebb')
const breakHeader = () => editShown(PATTERN, 'include/ebb.h', '210', '215')

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true })
})

let name = 0
/** A cargo that stops where the probe asks its version, and before and after the build of a pattern. */
function stoppingCargo(stops: { options?: boolean; build?: boolean }) {
  name++
  const [options, before, after] = ['asked', 'before', 'after'].map((place) =>
    gate(small, `${place}-${name}`),
  )
  if (!stops.options) options!.open()
  if (!stops.build) for (const each of [before!, after!]) each.open()
  const env = shadow(
    small,
    'cargo',
    (real) => `case "$*" in
-V) ${options!.script};;
*--message-format=json*) ${before!.script}; ${real} "$@"; ended=$?; ${after!.script}; exit $ended;;
esac
exec ${real} "$@"`,
  )
  return { options: options!, before: before!, after: after!, env }
}

/** Another text, so that turbo has no result of it. */
beforeEach(() => {
  edit(join(PATTERN, 'README.md'), '\n## What can go wrong', '\nAnother line.\n\n## What can go wrong')
})

test('a change after turbo read the files: what was verified does not pass for what was read', async () => {
  const { options, env } = stoppingCargo({ options: true })
  const fix = breakHeader()
  const { ended } = start(small, { env })
  await options.reached()
  fix()
  options.open()
  const run = await ended
  breakHeader()
  const again = await verify(small)
  expect(again.passed, `${run.said}\n${again.said}`).toBe(false)
  fix()
  const fixed = await verify(small)
  expect(fixed.passed, fixed.said).toBe(true)
})

test('a change before the build: the run is red, and neither text is cached', async () => {
  const { before, after, env } = stoppingCargo({ build: true })
  const fix = breakHeader()
  const { ended } = start(small, { env })
  await before.reached()
  fix()
  before.open()
  after.open()
  const run = await ended
  expect(run, run.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  expect(run.said).toContain('changed-while-verified')
  breakHeader()
  const broken = await verify(small)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  fix()
  const fixed = await verify(small)
  expect(fixed, fixed.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
})

test('a change before the build that is taken back after it: the run is red, and nothing is cached', async () => {
  const { before, after, env } = stoppingCargo({ build: true })
  const fix = breakHeader()
  const { ended } = start(small, { env })
  await before.reached()
  fix()
  before.open()
  await after.reached()
  breakHeader()
  after.open()
  const run = await ended
  expect(run, run.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  const broken = await verify(small)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  fix()
  const fixed = await verify(small)
  expect(fixed, fixed.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
})
