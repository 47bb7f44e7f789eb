import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { good, pages, rich } from '../../test/reports.ts'
import type { Page, Position } from '../document/block.ts'
import type { Audit } from '../verdict.ts'
import { keyed } from './finding/baseline.ts'
import { readFailOn } from './finding/fail-on.ts'
import { findingsOf } from './finding/finding.ts'
import { quoteOf } from './finding/quote.ts'
import type { Output } from './options.ts'
import { reportAudit } from './report-audit.ts'

const folder = await mkdtemp(join(tmpdir(), 'audit-tell-'))
const path = join(folder, 'baseline.json')
beforeEach(() => rm(path, { force: true }))
afterAll(() => rm(folder, { recursive: true }))

type More = {
  failOn?: string
  baseline?: string | null
  update?: boolean
  outputs?: Output[]
  shown?: readonly Page[]
}

async function report(audit: Audit, more: More = {}) {
  const { failOn = 'error', baseline = null, update = false, shown = pages } = more
  const { outputs = [{ format: 'text' as const, path: null }] } = more
  const read = readFailOn(failOn)
  if (read.kind === 'refused') throw new Error(read.problem)
  const stdout = new PassThrough({ encoding: 'utf8' })
  const reported = await reportAudit(
    audit,
    shown,
    { outputs, failOn: read.failOn, baseline, update },
    stdout as never,
  )
  return { ...reported, stdout: (stdout.read() as string | null) ?? '' }
}

const held = async () => JSON.parse(await readFile(path, 'utf8')).findings.length

test.each([
  ['never', rich, 0],
  ['error', rich, 1],
  ['error', good, 0],
  ['help', { ...good, blocks: rich.blocks.slice(1, 2) }, 1],
  ['error', { ...good, blocks: rich.blocks.slice(1, 2) }, 0],
  ['hidden', { ...good, blocks: rich.blocks.slice(0, 1) }, 1],
  ['lint', { ...good, lints: rich.lints.slice(0, 1) }, 1],
  ['lint', { ...good, lints: rich.lints.slice(1) }, 0],
  ['possible', { ...good, lints: rich.lints.slice(1) }, 1],
] as const)('--fail-on %s', async (failOn, audit, code) => {
  expect((await report(audit, { failOn })).code).toBe(code)
})

test('what is adopted does not fail, though every line of it moves', async () => {
  expect(await report(rich, { baseline: path, update: true })).toMatchObject({ code: 0 })
  const moved = (audit: Audit) => JSON.parse(JSON.stringify(audit), down) as Audit
  const shown = JSON.parse(JSON.stringify(pages), down) as Page[]
  const reported = await report(moved(rich), { baseline: path, shown, failOn: 'help,hidden,possible' })
  expect(reported).toMatchObject({ code: 0, problem: null })
  expect(reported.stdout).toContain(
    'docs/herd.md:132:18 block-fails: rustc[E0308]: mismatched types [in the baseline]',
  )
})

/** Puts a hundred lines before all. */
function down(this: Partial<Position>, key: string, value: unknown) {
  return key === 'line' || key === 'endLine' ? (value as number) + 100 : value
}

test('what is new fails, also where it is one more of a known kind', async () => {
  const one = { ...good, lints: rich.lints.slice(0, 1) }
  await report(one, { baseline: path, update: true })
  const two = { ...one, lints: [...one.lints, ...one.lints] }
  expect(await report(one, { baseline: path, failOn: 'lint' })).toMatchObject({ code: 0 })
  expect(await report(two, { baseline: path, failOn: 'lint' })).toMatchObject({ code: 1 })
})

test('a message that reads better is the same finding, and an older baseline is read', async () => {
  await report(rich, { baseline: path, update: true })
  const better = JSON.parse(JSON.stringify(rich).replaceAll('mismatched types', 'the types differ')) as Audit
  expect(await report(better, { baseline: path, failOn: 'error' })).toMatchObject({ code: 0 })
  const older = keyed(findingsOf(rich), quoteOf(pages)).map(
    ({ finding: { rule, file, message }, oldKey }) => {
      return { key: oldKey, rule, file, message, count: 1 }
    },
  )
  await writeFile(path, JSON.stringify({ version: 1, findings: older }))
  expect(await report(rich, { baseline: path, failOn: 'error,help,hidden,lint,possible' })).toMatchObject({
    code: 0,
  })
  expect(await report(better, { baseline: path, failOn: 'error' })).toMatchObject({ code: 1 })
})

test('what is gone is said; an update takes it out and takes nothing on', async () => {
  await report(rich, { baseline: path, update: true })
  const before = await held()
  const fewer = { ...rich, lints: [] }
  const reported = await report(fewer, { baseline: path })
  expect(reported.stdout).toContain('gone: docs/herd.md detached-thread')
  expect(reported.stdout).toContain('--update-baseline takes them out')
  await report(fewer, { baseline: path, update: true })
  expect(await held()).toBe(before - 2)
  expect(await report(rich, { baseline: path, update: true, failOn: 'lint' })).toMatchObject({ code: 1 })
  expect(await held()).toBe(before - 2)
})

test.each(['text', 'markdown', 'sarif', 'junit'] as const)(
  '%s says once why a lint matters',
  async (format) => {
    const [lint] = rich.lints
    const twice = { ...good, lints: [lint!, { ...lint!, line: lint!.line + 1 }] }
    const file = join(folder, `twice.${format}`)
    await report(twice, { outputs: [{ format, path: file }] })
    const said = (await readFile(file, 'utf8')).split(
      `see ${lint!.chapter.replace('#', format === 'markdown' ? '&#35;' : '#')}`,
    )
    expect(said.length - 1).toBe(1)
  },
)

test('what is held of pages that were not read stays', async () => {
  await report(rich, { baseline: path, update: true })
  const before = await held()
  await report(good, { baseline: path, update: true, shown: [] })
  expect(await held()).toBe(before)
})

test('a baseline that is missing or malformed ends the command with its fix', async () => {
  expect(await report(rich, { baseline: path })).toMatchObject({
    code: 2,
    problem: expect.stringContaining('create it with --update-baseline'),
  })
  for (const wrong of ['{', '{"version":2,"findings":[]}', '{"version":1,"findings":[{"key":1}]}']) {
    await writeFile(path, wrong)
    expect(await report(rich, { baseline: path, update: true })).toMatchObject({
      code: 2,
      problem: expect.stringContaining('remove it and create it again with --update-baseline'),
    })
    expect(await readFile(path, 'utf8')).toBe(wrong)
  }
})

test('no link of a guide is followed to where a baseline or a report is written', async () => {
  const outside = join(folder, 'outside')
  await symlink(outside, path)
  const said = { code: 2, problem: `${path} is a link, which is not followed` }
  expect(await report(rich, { baseline: path, update: true })).toMatchObject(said)
  expect(await report(rich, { outputs: [{ format: 'json', path }] })).toMatchObject(said)
  expect(existsSync(outside)).toBe(false)
})

test('a baseline that is no regular file is not waited for', async () => {
  execFileSync('mkfifo', [path])
  expect(await report(rich, { baseline: path })).toMatchObject({
    code: 2,
    problem: expect.stringContaining('it is no regular file'),
  })
})

test('each format goes to its own file, and one that cannot be written is said', async () => {
  const formats = ['text', 'json', 'sarif', 'junit', 'markdown'] as const
  const outputs = formats.map((format) => ({ format, path: join(folder, format) }))
  expect(await report(rich, { outputs })).toEqual({ code: 1, problem: null, stdout: '' })
  const starts = await Promise.all(
    outputs.map(async ({ path }) => (await readFile(path, 'utf8')).slice(0, 5)),
  )
  expect(starts).toEqual(['8 blo', '{\n  "', '{\n  "', '<?xml', '## ❌ '.slice(0, 5)])
  const nowhere = [{ format: 'json' as const, path: join(folder, 'no/where') }]
  expect(await report(rich, { outputs: nowhere })).toMatchObject({
    code: 2,
    problem: expect.stringContaining('ENOENT'),
  })
})
