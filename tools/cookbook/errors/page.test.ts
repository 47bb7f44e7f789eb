import { join } from 'node:path'
import { CAUSES } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { page, samples } from './page.ts'

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
