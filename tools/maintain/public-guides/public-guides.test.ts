import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlockVerdict } from '@cookbook/audit'
import { expect, onTestFinished, test } from 'vitest'
import { CHECKED } from './checked.ts'
import { copyOf } from './copy.ts'
import { GUIDES } from './guides.ts'
import { page } from './page.ts'
import { readResults, resultOf } from './results.ts'

const ROOT = join(import.meta.dirname, '../../..')
const results = readResults(ROOT)

test('docs/public-guides.md is what was measured and checked', () => {
  expect(page(results)).toBe(readFileSync(join(ROOT, 'docs/public-guides.md'), 'utf8'))
})

test('each check by hand is of a guide, at the commit that was measured, and of a block that it has', () => {
  const stray = Object.entries(CHECKED).flatMap(([name, { commit, red, sample }]) => {
    const result = results.guides[name]
    if (result?.commit !== commit) return [`${name} at ${commit}`]
    const known = [...result.red.map(({ file, line }) => `${file}:${line}`), ...Object.keys(result.sampled)]
    return [...Object.keys(red), ...Object.keys(sample)].filter((at) => !known.includes(at))
  })
  expect(stray).toEqual([])
  const names = GUIDES.map(({ name }) => name)
  const folders = readdirSync(join(import.meta.dirname, 'issues'))
  expect(folders.filter((name) => !names.includes(name))).toEqual([])
})

test('a copy is the newest commit, without what was edited since; and what is no repository is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cookbook-copy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const clone = join(folder, 'clone')
  mkdirSync(clone)
  writeFileSync(join(clone, 'README.md'), 'committed')
  const git = (...args: string[]) => execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8' })
  git('init', '--quiet')
  git('add', 'README.md')
  git('-c', 'user.name=a', '-c', 'user.email=a@localhost', 'commit', '--quiet', '-m', 'Begin')
  writeFileSync(join(clone, 'README.md'), 'edited')
  const copied = copyOf(clone, folder)
  expect(copied).toMatchObject({ kind: 'copied', commit: git('rev-parse', 'HEAD').trim() })
  expect(readFileSync(join(folder, 'guide/README.md'), 'utf8')).toBe('committed')
  expect(copyOf(join(folder, 'none'), folder)).toMatchObject({ kind: 'refused' })
  expect(copyOf(folder, folder)).toMatchObject({
    problem: `${folder} is no git repository, or its newest commit is not whole`,
  })
})

test('what is kept of an audit: the counts, and each block that fails against its page', () => {
  const block = (line: number, verdict: BlockVerdict['verdict'], asTold = false): BlockVerdict => ({
    ...{ file: 'a.md', line, lang: 'rust', group: null, path: null, verdict, reason: 'r', help: [], asTold },
    ...{ error: null, asSeen: null },
  })
  const blocks = [block(1, 'runs'), block(5, 'fails'), block(9, 'fails', true)]
  const audit = { toolchain: '', blocks, groups: [], lints: [], troubles: [], durationMs: 1_600 }
  expect(resultOf(audit, { commit: 'c', committed: 'd' }, ['a.md:1'])).toEqual({
    ...{ commit: 'c', committed: 'd', blocks: 3, verdicts: { runs: 1, fails: 2 }, asTold: 1, seconds: 2 },
    red: [{ file: 'a.md', line: 5, at: 'a.md:5', message: 'r' }],
    sampled: { 'a.md:1': 'runs' },
  })
})
