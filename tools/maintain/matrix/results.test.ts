import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type CellResult, type ChapterInCell, merge, type Results, readResults } from './results.ts'

const ROOT = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'cookbook-matrix-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BY = { date: '2026-11-23', tools: 'rustc 1.95.0, g++-12 12.2.0' }
const PASSED: ChapterInCell = { kind: 'passed', ...BY, passed: 31, skipped: {} }
const FAILED: ChapterInCell = { kind: 'failed', ...BY, passed: 30, failed: 1, findings: 'src/a.cc:1:1 wrong' }

test('what was seen now takes the place of what was kept, and nothing else goes', () => {
  const before: Results = {
    plain: { kind: 'ran', chapters: { ebb: PASSED, flood: FAILED } },
    threads: { kind: 'cannot', why: 'no sources' },
  }
  const now: CellResult = { kind: 'ran', chapters: { flood: PASSED } }
  const merged = merge(before, { plain: now, threads: now })
  expect(merged.plain).toEqual({ kind: 'ran', chapters: { ebb: PASSED, flood: PASSED } })
  expect(merged.threads).toBe(now)
  const lost = merge(before, { plain: { kind: 'cannot', why: 'no g++-12' } })
  expect(lost.plain).toBe(before.plain)
})

test.each([
  ['{', 'is not what npm run matrix writes'],
  ['null', '"null" holds no cell'],
  ['{ "a": null }', '"a" holds no cell'],
  ['{ "a": { "kind": "ran" } }', '"a" holds no cell'],
  ['{ "a": { "kind": "cannot" } }', '"a" holds no cell'],
])('a file that holds %s is taken for no results', (text, problem) => {
  const path = join(folder, 'part.json')
  writeFileSync(path, text)
  const read = readResults(path)
  expect(read.kind === 'refused' && read.problem).toContain(problem)
})

test('the command says why it does not begin, what to do, and exits with 2', () => {
  const none = join(folder, 'none.json')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['tools/maintain/matrix/main.ts', ...args], { cwd: ROOT, encoding: 'utf8' })
  const { status, stderr } = run(`--merge=${none}`, `--out=${join(folder, 'out')}`)
  expect(stderr).toMatch(
    /^matrix: \S+none\.json cannot be read: ENOENT.*\n {2}give --merge files that npm run matrix wrote\n$/,
  )
  expect(status).toBe(2)
})
