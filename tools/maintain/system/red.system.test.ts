import { readdirSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { verify } from '../checkout/run.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
const PATTERN = join(small.root, 'patterns/ebb')
const LIBRARY = join(PATTERN, 'src/lib.rs')
const DAY_MS = 86_400_000
/** Until the test ends, whatever its outcome. */
const breakShown = (path: string, found: string, by: string) => {
  const fix = editShown(PATTERN, path, found, by)
  onTestFinished(fix)
  return fix
}
const breakHeader = () => breakShown('include/ebb.h', '210', '215')

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true })
})

test('a failed run is not cached', async () => {
  const fix = breakHeader()
  for (const time of ['first', 'second']) {
    const run = await verify(small)
    expect(run, `${time} run: ${run.said}`).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  }
  fix()
  const fixed = await verify(small)
  expect(fixed, fixed.said).toMatchObject({ passed: true, patterns: { ebb: 'cached', flood: 'cached' } })
})

test('without its cache, a run executes everything and is red where it should be', async () => {
  const fix = breakHeader()
  forget()
  // By default turbo stops what else runs at the first failure.
  const broken = await verify(small, { args: ['--continue'] })
  expect(broken, broken.said).toMatchObject({
    passed: false,
    patterns: { ebb: 'executed', flood: 'executed' },
  })
  fix()
  forget()
  const fixed = await verify(small)
  expect(fixed, fixed.said).toMatchObject({
    passed: true,
    patterns: { ebb: 'executed', flood: 'executed' },
  })
})

/** Deletes all that turbo keeps, wherever a package keeps it. */
function forget(): void {
  const found = readdirSync(small.root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)\.turbo$|node_modules\/\.cache$/.test(path),
  )
  expect(found).toContain('.turbo')
  for (const path of found) rmSync(join(small.root, path), { recursive: true, force: true })
}

test.each([
  ['is older than the file before it', -400, -500],
  ['lies between the file before it and the last build', -400, -300],
  ['is that of the file before it', -400, -400],
])('a changed file is noticed when its time %s', async (_, daysBefore, daysAfter) => {
  setDay(LIBRARY, daysBefore)
  const before = await verify(small, { args: ['--force'] })
  expect(before, before.said).toMatchObject({ passed: true })
  breakShown('src/lib.rs', '    ebb_height', '   -ebb_height')
  setDay(LIBRARY, daysAfter)
  const broken = await verify(small)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
})

/** Midnight so many days from today. */
function setDay(path: string, days: number): void {
  const time = (Math.floor(Date.now() / DAY_MS) + days) * (DAY_MS / 1000)
  utimesSync(path, time, time)
}
