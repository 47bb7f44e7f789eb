import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { good, pages, rich } from '../../test/reports.ts'
import type { Page, Position } from '../document/block.ts'
import type { Audit } from '../verdict.ts'
import { readFailOn } from './fail-on.ts'
import type { Output } from './options.ts'
import { tellAudit } from './tell.ts'

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

async function tell(audit: Audit, more: More = {}) {
  const { failOn = 'error', baseline = null, update = false, shown = pages } = more
  const { outputs = [{ format: 'text' as const, path: null }] } = more
  const read = readFailOn(failOn)
  if (read.kind === 'refused') throw new Error(read.problem)
  const stdout = new PassThrough({ encoding: 'utf8' })
  const told = await tellAudit(
    audit,
    shown,
    { outputs, failOn: read.failOn, baseline, update },
    stdout as never,
  )
  return { ...told, stdout: (stdout.read() as string | null) ?? '' }
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
  expect((await tell(audit, { failOn })).code).toBe(code)
})

test('what is adopted does not fail, though every line of it moves', async () => {
  expect(await tell(rich, { baseline: path, update: true })).toMatchObject({ code: 0 })
  const moved = (audit: Audit) => JSON.parse(JSON.stringify(audit), down) as Audit
  const shown = JSON.parse(JSON.stringify(pages), down) as Page[]
  const told = await tell(moved(rich), { baseline: path, shown, failOn: 'help,hidden,possible' })
  expect(told).toMatchObject({ code: 0, problem: null })
  expect(told.stdout).toContain(
    'docs/herd.md:132:18 block-fails: rustc[E0308]: mismatched types [in the baseline]',
  )
})

/** Puts a hundred lines before all. */
function down(this: Partial<Position>, key: string, value: unknown) {
  return key === 'line' || key === 'endLine' ? (value as number) + 100 : value
}

test('what is new fails, also where it is one more of a known kind', async () => {
  const one = { ...good, lints: rich.lints.slice(0, 1) }
  await tell(one, { baseline: path, update: true })
  const two = { ...one, lints: [...one.lints, ...one.lints] }
  expect(await tell(one, { baseline: path, failOn: 'lint' })).toMatchObject({ code: 0 })
  expect(await tell(two, { baseline: path, failOn: 'lint' })).toMatchObject({ code: 1 })
})

test('what is gone is said; an update takes it out and takes nothing on', async () => {
  await tell(rich, { baseline: path, update: true })
  const before = await held()
  const fewer = { ...rich, lints: [] }
  const told = await tell(fewer, { baseline: path })
  expect(told.stdout).toContain('gone: docs/herd.md detached-thread')
  expect(told.stdout).toContain('--update-baseline takes them out')
  await tell(fewer, { baseline: path, update: true })
  expect(await held()).toBe(before - 2)
  expect(await tell(rich, { baseline: path, update: true, failOn: 'lint' })).toMatchObject({ code: 1 })
  expect(await held()).toBe(before - 2)
})

test('what is held of pages that were not read stays', async () => {
  await tell(rich, { baseline: path, update: true })
  const before = await held()
  await tell(good, { baseline: path, update: true, shown: [] })
  expect(await held()).toBe(before)
})

test('a baseline that is missing or malformed ends the command with its remedy', async () => {
  expect(await tell(rich, { baseline: path })).toMatchObject({
    code: 2,
    problem: expect.stringContaining('--update-baseline takes on what is found today'),
  })
  for (const wrong of ['{', '{"version":2,"findings":[]}', '{"version":1,"findings":[{"key":1}]}']) {
    await writeFile(path, wrong)
    expect(await tell(rich, { baseline: path, update: true })).toMatchObject({
      code: 2,
      problem: expect.stringContaining('is no baseline of version 1'),
    })
    expect(await readFile(path, 'utf8')).toBe(wrong)
  }
})

test('each format goes to its own file, and one that cannot be written is said', async () => {
  const formats = ['text', 'json', 'sarif', 'junit', 'markdown'] as const
  const outputs = formats.map((format) => ({ format, path: join(folder, format) }))
  expect(await tell(rich, { outputs })).toEqual({ code: 1, problem: null, stdout: '' })
  const starts = await Promise.all(
    outputs.map(async ({ path }) => (await readFile(path, 'utf8')).slice(0, 5)),
  )
  expect(starts).toEqual(['8 blo', '{\n  "', '{\n  "', '<?xml', '## ❌ '.slice(0, 5)])
  const nowhere = [{ format: 'json' as const, path: join(folder, 'no/where') }]
  expect(await tell(rich, { outputs: nowhere })).toMatchObject({
    code: 2,
    problem: expect.stringContaining('ENOENT'),
  })
})
