import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CAUSES } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { page, samples } from './page.ts'
import { badNames, badUsage, messages, noToolchain, usageMessages } from './refusals.ts'

const ROOT = join(import.meta.dirname, '../../..')
const codes = Object.keys(CAUSES).sort()
const found = samples(ROOT)

test('docs/errors.md is what the code and the fixtures say', async () => {
  await expect(page(ROOT)).toMatchFileSnapshot(join(ROOT, 'docs/errors.md'))
})

test.each(codes)('%s: a fixture produces it, and it says what to do', (code) => {
  const here = found.filter((sample) => sample.code === code)
  expect(here).not.toEqual([])
  for (const { fixture, lines } of here) expect(lines.length, fixture).toBeGreaterThan(1)
})

test('no fixture produces a problem that the catalogue does not have', () => {
  expect([...new Set(found.map(({ code }) => code))].sort()).toEqual(codes)
})

test('every way in which there is no toolchain is in the catalogue', () => {
  expect(messages.length).toBeGreaterThan(10)
  expect(messages.toSorted()).toEqual(Object.keys(noToolchain).sort())
})

test('every way in which a command does not begin is in the catalogue', () => {
  expect(usageMessages.length).toBeGreaterThan(2)
  expect(usageMessages.toSorted()).toEqual(Object.keys(badUsage).sort())
})

test('every reason for which a name or a title is refused is in the catalogue', () => {
  const source = readFileSync(join(import.meta.dirname, '../../cli/src/init/names.ts'), 'utf8')
  // Each reason is a string that a function of the module returns: none of them may be said by no example.
  const reasons = [
    ...source.matchAll(
      /(?:return|\?|:) [`'"]((?:is|has|begins|means|a chapter|the title|a pattern) [^`'"$]*)/g,
    ),
  ]
  expect(reasons.length).toBeGreaterThan(12)
  for (const [, reason] of reasons)
    expect(
      badNames.filter((said) => said.includes(reason!)),
      reason,
    ).not.toEqual([])
})
