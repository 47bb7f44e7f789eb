import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openToolchain } from '@cookbook/toolchain'
import { describe, expect, test } from 'vitest'
import { audit } from '../src/audit.ts'
import { readGuide } from '../src/document/guide/read.ts'
import { listing } from './listing.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FIXTURES = join(import.meta.dirname, '../fixtures')
const LIMIT_MS = 15 * 60_000

const opened = await openToolchain(ROOT, 'host')
if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.fix}`)
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

test('what only a sanitizer sees is reported at its line, where it is asked for', {
  timeout: LIMIT_MS,
}, async () => {
  const { pages, troubles } = await readGuide(['sanitize/leaks.md'], FIXTURES)
  const options = { toolchain, folder, lock, keep: null, cache: false }
  const verdicts = async (sanitize: boolean) => {
    const { blocks } = await audit(pages, troubles, { ...options, sanitize })
    return blocks.map(({ verdict, error }) => [verdict, error?.line, error?.message])
  }
  const manifest = ['runs', undefined, undefined]
  expect(await verdicts(false)).toEqual([manifest, ['runs', undefined, undefined]])
  expect(await verdicts(true)).toEqual([
    ['builds', undefined, undefined],
    ['fails', 16, 'LeakSanitizer: detected memory leaks'],
  ])
})

test('each program that builds is run and watched, whatever fails beside it', {
  timeout: LIMIT_MS,
}, async () => {
  const { pages, troubles } = await readGuide(['sanitize/beside.md'], FIXTURES)
  const options = { toolchain, folder, lock, keep: null, cache: false, sanitize: true }
  const { blocks } = await audit(pages, troubles, options)
  expect(blocks.map(({ line, verdict, error }) => [line, verdict, error?.message ?? null])).toEqual([
    [5, 'fails', 'LeakSanitizer: detected memory leaks'],
    [13, 'fails', expect.stringContaining('invalid conversion')],
    [22, 'runs', null],
    [28, 'fails', 'rustc[E0308]: mismatched types'],
  ])
})
