import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CELLS, nameOf } from './cells.ts'
import { page, plainTable, tableOf } from './page.ts'
import { type ChapterInCell, type Results, readResults } from './results.ts'

const ROOT = join(import.meta.dirname, '../../..')
const BASE = 'host/g++-12/c++20/stable/debug'
const names = CELLS.map(nameOf)
const cell = (name: string) => CELLS[names.indexOf(name)]!

const EBB: ChapterInCell = {
  kind: 'passed',
  date: '2026-11-23',
  tools: 'rustc 1.95.0, g++-12 12.2.0',
  passed: 31,
  skipped: { 'another cell': 2 },
}
const FLOOD: ChapterInCell = {
  kind: 'failed',
  date: '2026-11-22',
  tools: 'rustc 1.94.1, g++-12 12.2.0',
  passed: 30,
  failed: 1,
  findings: 'src/a.cc:1:1 wrong',
}
const TIDE: ChapterInCell = { kind: 'cannot', why: 'its build.rs states c++23' }
const RESULTS: Results = {
  [`${BASE}/plain`]: { kind: 'ran', chapters: { ebb: EBB, flood: FLOOD, tide: TIDE } },
  [`${BASE}/threads`]: { kind: 'cannot', why: 'no sources' },
}
const SLUGS = ['ebb', 'flood', 'tide']

test('the table tells each reason once, and of what has not been run that it has not', () => {
  const shown = ['plain', 'sanitizers', 'threads'].map((memoryTool) => cell(`${BASE}/${memoryTool}`))
  expect(plainTable(tableOf(RESULTS, SLUGS, shown)).split('\n')).toEqual([
    'cell                                           ebb     flood     tide',
    `${BASE}/plain            31  FAILED 1      (1)`,
    `${BASE}/sanitizers  not run   not run  not run`,
    `${BASE}/threads         (2)       (2)      (2)`,
    '',
    '(1) its build.rs states c++23',
    '(2) no sources',
  ])
})

test('the page holds the table, the reasons, and with what and when each cell ran', () => {
  const text = page(RESULTS, SLUGS)
  expect(text).toContain(`| \`${BASE}/plain\` | 31 | FAILED 1 | (1) |`)
  expect(text).toContain('- (1) its build.rs states c++23')
  expect(text.split('## What ran\n')[1]!.trim().split('\n')).toEqual([
    `- \`${BASE}/plain\`: rustc 1.94.1, g++-12 12.2.0, 2026-11-22: flood`,
    `- \`${BASE}/plain\`: rustc 1.95.0, g++-12 12.2.0, 2026-11-23: ebb`,
  ])
})

test('a cell that all chapters ran in by the same compilers names them once', () => {
  const chapters = { ebb: EBB, flood: EBB, tide: TIDE }
  const text = page({ [`${BASE}/plain`]: { kind: 'ran', chapters } }, SLUGS)
  expect(text).toContain(`- \`${BASE}/plain\`: rustc 1.95.0, g++-12 12.2.0, 2026-11-23\n`)
})

test('docs/matrix.md is what docs/matrix.json says', () => {
  const saved = readResults(join(ROOT, 'docs/matrix.json'))
  if (saved.kind === 'refused') throw new Error(saved.problem)
  const { results } = saved
  expect(Object.keys(results).filter((name) => !names.includes(name))).toEqual([])
  const written = readFileSync(join(ROOT, 'docs/matrix.md'), 'utf8')
  // A chapter that came since has not been run, and the page need not say so.
  const slugs = /^\| cell \| (.*) \|$/m.exec(written)![1]!.split(' | ')
  expect(written).toBe(page(results, slugs))
})
