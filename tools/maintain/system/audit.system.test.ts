import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Audit } from '@cookbook/audit'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bare, writeBare } from '../bare/chapters.ts'
import { isGood } from '../bare/good.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Those that build fastest; `npm run audit:bare` tries them all. */
const CHAPTERS = ['blocking', 'oneshot', 'rust-async', 'stream']

const folder = mkdtempSync(join(tmpdir(), 'cookbook-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let reported: Audit

beforeAll(async () => {
  const pages = writeBare(ROOT, CHAPTERS, folder)
  const report = join(folder, 'audit.json')
  // They are our own, and their code runs on the host in every verification. What a sandbox holds is tested elsewhere.
  await audit(ROOT, ['--trust', '--no-cache', '--fail-on', 'never', '--format', `json=${report}`, ...pages])
  reported = JSON.parse(readFileSync(report, 'utf8'))
})

test('the info strings are gone', () => {
  const text = bare(readFileSync(join(ROOT, 'patterns/oneshot/README.md'), 'utf8'))
  expect(text).not.toMatch(/```\w+ /)
  expect(text).toMatch(/```rust\n/)
})

test('every block of our own guide is good', () => {
  expect(reported.blocks.length).toBeGreaterThan(50)
  const bad = reported.blocks.filter((block) => !isGood(block))
  expect(bad.map(({ file, line, verdict, reason }) => [file, line, verdict, reason])).toEqual([])
})
