import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, matchesGlob, resolve } from 'node:path'
import { cellAtHand, type FloorName, type Tool } from '@cookbook/toolchain'
import { afterAll, expect, test } from 'vitest'
import { readAsked } from '../matrix/asked.ts'
import { CELLS, environmentOf, nameOf, shareCrates } from '../matrix/cells.ts'
import { page, plainTable, tableOf } from '../matrix/page.ts'
import { type CellResult, merge, type Results, readResults } from '../matrix/results.ts'
import { chapterLacks, reach } from '../matrix/why-not.ts'
import { tellTools } from '../src/tell-tools.ts'

const ROOT = join(import.meta.dirname, '../../..')
const temporary = mkdtempSync(join(tmpdir(), 'cookbook-matrix-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const names = CELLS.map(nameOf)
const cell = (name: string) => CELLS[names.indexOf(name)]!
const BASE = 'host/g++-12/c++20/stable/debug'

test('every combination is a cell, and each compiler of each place is watched in three ways', () => {
  expect(new Set(names).size).toBe(names.length)
  const watched = names.filter((name) => !name.endsWith('/plain'))
  expect([names.length - watched.length, watched.length]).toEqual([2 * 3 * 3 * 2 * 2, 2 * 3 * 3])
  expect(watched.filter((name) => matchesGlob(name, 'docker/*/c++20/stable/debug/threads'))).toHaveLength(3)
})

test('what runs in a cell is told its own cell', () => {
  for (const each of CELLS) {
    const { MATRIX_CELL, TOOLCHAIN } = environmentOf(each)
    expect(each).toMatchObject({ ...cellAtHand(MATRIX_CELL), place: TOOLCHAIN })
  }
  expect(environmentOf(cell('host/g++-12/c++20/floor/debug/plain')).RUSTUP_TOOLCHAIN).toMatch(
    /^\d+\.\d+\.\d+$/,
  )
})

test('cells that differ in their C++ share their crates, and no others do', () => {
  const base = cell(`${BASE}/plain`)
  const shares = names.filter((name) => shareCrates(base, cell(name)))
  expect(shares).toEqual(names.filter((name) => matchesGlob(name, 'host/*/*/stable/debug/plain')))
})

test('a chapter whose C++ is newer than the cell cannot be verified in it', async () => {
  const dir = join(temporary, 'patterns/ebb')
  mkdirSync(dir, { recursive: true })
  const lacks = (name: string) => chapterLacks(temporary, 'ebb', cell(name))
  writeFileSync(join(dir, 'build.rs'), 'cxx_build::bridge("src/lib.rs").std("c++20")')
  expect(await lacks('host/g++-12/c++17/stable/debug/plain')).toBe('its build.rs states c++20')
  expect(await lacks(`${BASE}/plain`)).toBeNull()
  expect(await lacks('host/g++-12/c++23/stable/debug/plain')).toBeNull()
  writeFileSync(join(dir, 'build.rs'), 'x.probe("kj-async"); .std("c++20")')
  expect(await lacks(`${BASE}/threads`)).toContain("the system's kj-async is not instrumented")
  expect(await lacks(`${BASE}/memcheck`)).toBeNull()
  writeFileSync(join(dir, 'build.rs'), 'cxx_build::bridge("src/lib.rs")')
  await expect(lacks(`${BASE}/plain`)).rejects.toThrow('patterns/ebb/build.rs states no standard')
})

test('a cell whose compiler is not installed lacks that, whatever else is or is not there', async () => {
  const strange = { ...cell(`${BASE}/plain`), cxx: 'g++-999' }
  expect(await reach(ROOT, strange)).toEqual({ kind: 'cannot', why: 'g++-999 is not installed' })
  expect(await reach(ROOT, { ...strange, rust: 'floor' })).toMatchObject({ why: 'g++-999 is not installed' })
})

const ran = (chapters: Extract<CellResult, { kind: 'ran' }>['chapters']): CellResult => ({
  kind: 'ran',
  chapters,
})
const TOOLS = 'rustc 1.95.0, g++-12 12.2.0'
const RESULTS: Results = {
  [`${BASE}/plain`]: ran({
    ebb: { kind: 'passed', date: '2026-11-23', tools: TOOLS, passed: 31, skipped: { 'another cell': 2 } },
    flood: {
      kind: 'failed',
      date: '2026-11-22',
      tools: 'rustc 1.94.1, g++-12 12.2.0',
      passed: 30,
      failed: 1,
      findings: 'src/a.cc:1:1 wrong',
    },
    tide: { kind: 'cannot', why: 'its build.rs states c++23' },
  }),
  [`${BASE}/threads`]: { kind: 'cannot', why: 'no sources' },
}
const SLUGS = ['ebb', 'flood', 'tide']

test('the table tells each reason once, and of what has not been run that it has not', () => {
  const shown = ['plain', 'sanitizers', 'threads'].map((watch) => cell(`${BASE}/${watch}`))
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
  const { ebb, tide } = (RESULTS[`${BASE}/plain`] as Extract<CellResult, { kind: 'ran' }>).chapters
  const text = page({ [`${BASE}/plain`]: ran({ ebb: ebb!, flood: ebb!, tide: tide! }) }, SLUGS)
  expect(text).toContain(`- \`${BASE}/plain\`: rustc 1.95.0, g++-12 12.2.0, 2026-11-23\n`)
})

test('what a cell has is told in versions: its compilers, and what is named', () => {
  const tool = (name: FloorName, program: string, version: string): Tool => ({
    name,
    program,
    version,
    says: '',
  })
  const tools = [
    tool('rustc', 'rustc', '1.95.0'),
    tool('clang++', 'clang++-19', '19.1.7'),
    tool('make', 'make', '4.3'),
    tool('valgrind', 'valgrind', '3.19.0'),
  ]
  expect(tellTools(tools)).toBe('rustc 1.95.0, clang++-19 19.1.7')
  expect(tellTools(tools, 'valgrind')).toBe('rustc 1.95.0, clang++-19 19.1.7, valgrind 3.19.0')
})

test('what was seen now takes the place of what was kept, and nothing else goes', () => {
  const now = ran({
    flood: { kind: 'passed', date: '2026-11-24', tools: TOOLS, passed: 31, skipped: {} },
  })
  const merged = merge(RESULTS, { [`${BASE}/plain`]: now, [`${BASE}/threads`]: now })
  expect(merged[`${BASE}/plain`]).toMatchObject({
    chapters: { ebb: { passed: 31 }, flood: { kind: 'passed' } },
  })
  expect(merged[`${BASE}/threads`]).toBe(now)
  const lost = merge(RESULTS, { [`${BASE}/plain`]: { kind: 'cannot', why: 'no g++-12' } })
  expect(lost[`${BASE}/plain`]).toBe(RESULTS[`${BASE}/plain`])
})

test('docs/matrix.md is what docs/matrix.json says', () => {
  const kept = readResults(join(ROOT, 'docs/matrix.json'))
  if (kept.kind === 'refused') throw new Error(kept.problem)
  const { results } = kept
  expect(Object.keys(results).filter((name) => !names.includes(name))).toEqual([])
  const written = readFileSync(join(ROOT, 'docs/matrix.md'), 'utf8')
  // A chapter that came since has not been run, and the page need not say so.
  const slugs = /^\| cell \| (.*) \|$/m.exec(written)![1]!.split(' | ')
  expect(written).toBe(page(results, slugs))
})

const typed = (...args: string[]) => readAsked(args, SLUGS, 'docs')

test('every chapter in every cell is what is asked for without a word', () => {
  expect(typed()).toEqual({ kind: 'run', cells: CELLS, slugs: SLUGS, keep: false, out: resolve('docs') })
})

test('cells, chapters, files and folders can be named', () => {
  const threads = CELLS.filter(({ watch }) => watch === 'threads')
  expect(typed('--cells=**/threads', '--filter=ebb', '--filter=tide', '--keep', '--out=/seen')).toEqual({
    kind: 'run',
    cells: threads,
    slugs: ['ebb', 'tide'],
    keep: true,
    out: '/seen',
  })
  expect(typed('--list', '--cells', '**/threads')).toEqual({ kind: 'list', cells: threads })
  expect(typed('--merge=a.json', '--merge=b.json')).toMatchObject({
    kind: 'merge',
    files: ['a.json', 'b.json'],
  })
  expect([typed('--help'), typed('-h')]).toEqual([{ kind: 'help' }, { kind: 'help' }])
})

test.each([
  [['--cells', 'host/*'], 'no cell matches host/*, expected a glob of names as host/g++-12/c++17/'],
  [['--cells', 'a', '--cells', 'b'], 'no cell matches a or b, '],
  [['--filter', 'no-such'], 'no pattern is named no-such, expected any of ebb, flood, tide'],
  [['--cell=**'], "Unknown option '--cell'"],
  [['oneshot'], 'unexpected oneshot, a chapter is named by --filter'],
  [['--out'], "Option '--out <value>' argument missing"],
])('%j is refused', (args, problem) => {
  const asked = typed(...args)
  expect(asked.kind === 'refused' && asked.problem).toContain(problem)
})

test.each([
  ['{', 'is not what npm run matrix writes'],
  ['null', '"null" holds no cell'],
  ['{ "a": null }', '"a" holds no cell'],
  ['{ "a": { "kind": "ran" } }', '"a" holds no cell'],
  ['{ "a": { "kind": "cannot" } }', '"a" holds no cell'],
])('a file that holds %s is taken for no results', (text, problem) => {
  const path = join(temporary, 'part.json')
  writeFileSync(path, text)
  const read = readResults(path)
  expect(read.kind === 'refused' && read.problem).toContain(problem)
})

test('the command says why it does not begin, what to do, and exits with 2', () => {
  const none = join(temporary, 'none.json')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['tools/cookbook/matrix/main.ts', ...args], { cwd: ROOT, encoding: 'utf8' })
  const { status, stderr } = run(`--merge=${none}`, `--out=${join(temporary, 'out')}`)
  expect(stderr).toMatch(
    /^matrix: \S+none\.json cannot be read: ENOENT.*\n {2}give --merge files that npm run matrix wrote\n$/,
  )
  expect(status).toBe(2)
})
