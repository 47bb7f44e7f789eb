import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openToolchain } from '@cookbook/toolchain'
import { describe, expect, test } from 'vitest'
import { audit } from '../src/audit.ts'
import { readGuide } from '../src/read.ts'
import { listing } from './listing.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FIXTURES = join(import.meta.dirname, '../fixtures')
const LIMIT_MS = 15 * 60_000

const opened = await openToolchain(ROOT, 'host')
if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.remedy}`)
const { toolchain } = opened
const lock = await readFile(join(ROOT, 'Cargo.lock'), 'utf8')

const folder = join(ROOT, 'target/audit-tests', toolchain.id)

/** The pages that a path below fixtures/ names, as an audit without any cache lists them. */
async function audited(path: string): Promise<string> {
  const { pages, troubles } = await readGuide([path], FIXTURES)
  return listing(await audit(pages, troubles, { toolchain, folder, lock, keep: null, cache: false }))
}

describe('a guide that was not written for us', () => {
  test.each([...globSync('*.md', { cwd: FIXTURES }).sort(), 'book'])(
    '%s',
    { timeout: LIMIT_MS },
    async (name) => {
      await expect(await audited(name)).toMatchFileSnapshot(
        join(FIXTURES, `${basename(name, '.md')}.verdicts.txt`),
      )
    },
  )
})
