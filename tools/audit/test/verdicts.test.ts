import { readFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openToolchain } from '@cookbook/toolchain'
import { describe, expect, test } from 'vitest'
import { audit } from '../src/audit.ts'
import { readPage } from '../src/page.ts'
import { listing } from './listing.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FIXTURES = join(import.meta.dirname, '../fixtures')
const LIMIT_MS = 15 * 60_000

const opened = await openToolchain(ROOT, 'host')
if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.remedy}`)
const { toolchain } = opened
const lock = await readFile(join(ROOT, 'Cargo.lock'), 'utf8')

/** A page as an audit of it lists it. */
async function audited(text: string | Uint8Array, name: string) {
  const { page, troubles } = readPage(text, name)
  const folder = join(ROOT, 'target/audit-tests', toolchain.id)
  return audit([page], troubles, { toolchain, folder: join(folder), lock, keep: null })
}

describe('a guide that was not written for us', () => {
  test.each(globSync('*.md', { cwd: FIXTURES }).sort())('%s', { timeout: LIMIT_MS }, async (name) => {
    const report = await audited(await readFile(join(FIXTURES, name)), name)
    await expect(listing(report)).toMatchFileSnapshot(join(FIXTURES, `${basename(name, '.md')}.verdicts.txt`))
  })
})
