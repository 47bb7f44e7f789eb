import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Locked } from '../project/lock.ts'
import { basesFor, keepSeed, recallSeed, type Seed } from './seeds.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seeds-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const crate = (name: string, checksum = '0'): Locked => ({
  name,
  version: '1.0.0',
  source: 'crates.io',
  checksum,
})

const keep = (name: string, packages: readonly Locked[], toolchain = 'here') => {
  const crates = {
    kind: 'built',
    seed: `/${name}`,
    lent: [],
    externs: [],
    includes: [],
    lock: '',
    tool: null,
  } as const
  return keepSeed(folder, name, { toolchain, crates, packages, layers: 1 })
}

const base = (packages: readonly Locked[], own: readonly Locked[] = []) =>
  basesFor(folder, 'here', packages, own).map(({ crates }) => crates.seed)

test('crates are built upon those that are all built here as well', async () => {
  await keep('one', [crate('cxx')])
  await keep('two', [crate('cxx'), crate('tokio')])
  expect(base([crate('cxx'), crate('tokio'), crate('url')])).toEqual(['/two', '/one'])
  expect(base([crate('cxx'), crate('url')])).toEqual(['/one'])
})

test('and upon this project’s own', async () => {
  await keep('two', [crate('cxx'), crate('tokio')])
  expect(base([crate('cxx')], [crate('cxx'), crate('tokio')])).toEqual(['/two'])
})

test.each([
  ['a stranger beside it', [crate('cxx'), crate('stranger')]],
  ['another version of the same', [crate('cxx', '1')]],
  ['nothing of it', [crate('url')]],
])('and never upon what holds %s', async (_, packages) => {
  await keep('other', packages)
  expect(base([crate('cxx')], [crate('cxx'), crate('url')])).toEqual([])
})

test('nor upon what another sandbox or compiler built', async () => {
  await keep('other', [crate('cxx')], 'elsewhere')
  expect(base([crate('cxx')])).toEqual([])
})

test('what is kept is recalled', async () => {
  await keep('one', [crate('cxx')])
  expect<Seed | null>(recallSeed(folder, 'one')).toMatchObject({ packages: [crate('cxx')] })
  expect(recallSeed(folder, 'two')).toBeNull()
})
