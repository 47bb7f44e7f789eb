import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LIMITS } from './limits.ts'
import { sweep } from './sweep.ts'
import { type Territory, territoryOf } from './territory.ts'
import { type Held, walk } from './walk.ts'

let folder: string
let own: string
let territory: Territory

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sweep-')))
  own = join(folder, 'work/groups/one')
  territory = territoryOf(join(folder, 'work'), join(own, 'package'))
  for (const path of ['package', 'target/debug']) mkdirSync(join(own, path), { recursive: true })
  for (const path of ['outside', 'crates']) mkdirSync(join(folder, path))
  writeFileSync(join(folder, 'outside/precious.txt'), 'precious')
  writeFileSync(join(folder, 'crates/cxx.h'), '')
})

afterEach(() => rmSync(folder, { recursive: true }))

const swept = async (limits = LIMITS, before: Held = { bytes: 0, count: 0 }) =>
  (await sweep(territory, [join(folder, 'crates')], limits, before)) ?? 'nothing is told'

test('what a build leaves may stay', async () => {
  symlinkSync('../target', join(own, 'package/inside'))
  symlinkSync(join(folder, 'crates/cxx.h'), join(own, 'target/debug/cxx.h'))
  symlinkSync(join(folder, 'crates'), join(own, 'target/debug/crates'))
  expect(await swept()).toBe('nothing is told')
  expect(readdirSync(join(own, 'target/debug'))).toEqual(['crates', 'cxx.h'])
})

test.each([
  ['package/link', () => join(folder, 'outside')],
  ['package/link', () => join(folder, 'outside/not-there-yet')],
  ['package/link', () => '../../../../outside/precious.txt'],
  ['package/link', () => `${own}-more/precious.txt`],
  ['package/header.h', () => join(folder, 'crates/cxx.h')],
  ['target/debug/link', () => '/etc/passwd'],
  ['crates', () => join(folder, 'crates')],
])('a link %s that leads out is taken away and told', async (path, target) => {
  symlinkSync(target(), join(own, path))
  expect(await swept()).toContain(`the symbolic link ${path}, which leads out of its folder`)
  expect(lstatSync(join(own, path), { throwIfNoEntry: false })).toBeUndefined()
  expect(existsSync(join(folder, 'outside/precious.txt'))).toBe(true)
})

test('a link to a link that leads out is one as well', async () => {
  symlinkSync('second', join(own, 'package/first'))
  symlinkSync(join(folder, 'outside'), join(own, 'package/second'))
  expect(await swept()).toContain('leads out of its folder')
  expect(await swept()).toBe('nothing is told')
})

test('a pipe is taken away, also below a folder that nobody may enter', async () => {
  mkdirSync(join(own, 'target/locked'))
  execFileSync('mkfifo', [join(own, 'target/locked/pipe')])
  chmodSync(join(own, 'target/locked'), 0)
  expect(await swept()).toContain('target/locked/pipe, which is neither a file nor a folder')
  expect(readdirSync(join(own, 'target/locked'))).toEqual([])
  // Root may enter it all the same; who is not could not remove it.
  expect(lstatSync(join(own, 'target/locked')).mode & 0o700).toBe(0o700)
})

test('folders too deep for anybody to name are taken away with all that was left', async () => {
  // Longer than any path may be: only a program that goes step by step gets there.
  const script = 'import os\nfor i in range(300): os.mkdir("a" * 20); os.chdir("a" * 20)'
  execFileSync('python3', ['-c', script], { cwd: own })
  expect(await swept()).toContain('deeper than any build')
  expect(readdirSync(own)).toEqual([])
})

test('names need not be text', async () => {
  symlinkSync('/etc', Buffer.concat([Buffer.from(`${own}/bad`), Buffer.from([0xff])]))
  expect(await swept()).toContain('leads out of its folder to /etc')
  expect(readdirSync(own)).toEqual(['package', 'target'])
})

test('too much or too many is taken away and told', async () => {
  writeFileSync(join(own, 'package/much'), Buffer.alloc(1 << 20, 1))
  expect(await swept({ ...LIMITS, files: 2 })).toContain('more than 2 files and folders')
  mkdirSync(join(own, 'package'))
  writeFileSync(join(own, 'package/much'), Buffer.alloc(1 << 20, 1))
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19 })).toContain('more than 1 MiB to the disk')
  expect(readdirSync(own)).toEqual([])
})

test('what lay there before is not counted', async () => {
  writeFileSync(join(own, 'package/much'), Buffer.alloc(1 << 20, 1))
  const before = await walk(territory.writable, Infinity)
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19, files: 0 }, before)).toBe('nothing is told')
  writeFileSync(join(own, 'package/more'), Buffer.alloc(1 << 20, 1))
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19 }, before)).toContain('more than 1 MiB to the disk')
})

test('of the crates that others use nothing is taken away', async () => {
  const work = join(folder, 'work')
  const stub = join(work, 'stubs/one')
  territory = territoryOf(work, stub)
  expect(territory.writable).toEqual([stub, join(work, 'seed')])
  for (const path of [stub, join(work, 'seed')]) {
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'much'), Buffer.alloc(1 << 20, 1))
  }
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19 })).toContain('to the disk')
  expect([readdirSync(stub), readdirSync(join(work, 'seed'))]).toEqual([[], ['much']])
})

test('what an audit remembers is in nobody’s territory', () => {
  const work = join(folder, 'work')
  for (const path of ['sections', 'sections/x', '.', '..', '../outside'])
    expect(territoryOf(work, join(work, path))).toEqual({ writable: [], readable: [], shared: [] })
  expect(territoryOf(work, join(work, 'groups/two/package')).writable).toEqual([join(work, 'groups/two')])
})
