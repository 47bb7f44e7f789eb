import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '../src/audit.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Those that build fastest; all of the guide is audited by its workflow. */
const CHAPTERS = ['blocking', 'native-async', 'oneshot', 'stream']

const folder = mkdtempSync(join(tmpdir(), 'cookbook-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Told = { blocks: { file: string; line: number; verdict: string; reason: string; asTold: boolean }[] }
let told: Told

/** A chapter as another guide would be written: its fences say the language and not the file. */
function bare(chapter: string): string {
  return chapter.replace(/^([ \t>]*`{3,}\w+)[ \t][^\n]*$/gm, '$1')
}

beforeAll(async () => {
  const pages = CHAPTERS.map((slug) => {
    const page = join(folder, `${slug}.md`)
    writeFileSync(page, bare(readFileSync(join(ROOT, 'patterns', slug, 'README.md'), 'utf8')))
    return page
  })
  const report = join(folder, 'audit.json')
  await audit(ROOT, ['--trust', '--no-cache', '--fail-on', 'never', '--format', `json=${report}`, ...pages])
  told = JSON.parse(readFileSync(report, 'utf8'))
})

test('the info strings are gone', () => {
  const text = bare(readFileSync(join(ROOT, 'patterns/oneshot/README.md'), 'utf8'))
  expect(text).not.toMatch(/```\w+ /)
  expect(text).toMatch(/```rust\n/)
})

test('no block of our own guide fails but those that it calls wrong', () => {
  expect(told.blocks.length).toBeGreaterThan(50)
  expect(told.blocks.filter(({ verdict, asTold }) => verdict === 'fails' && !asTold)).toEqual([])
})

test('what is not tried is an excerpt of a test that the chapter does not show', () => {
  const fragments = told.blocks.filter(({ verdict }) => verdict === 'fragment').map(({ reason }) => reason)
  expect(fragments).toEqual(['it uses `pipe`, which the guide does not show'])
})
