import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LIMITS } from './limits.ts'
import { mountsOf, roomOf } from './mounts.ts'
import { removeTree } from './on-host.ts'
import { sweep } from './sweep.ts'
import { walk } from './walk.ts'

let folder: string
let work: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sweep-')))
  work = join(folder, 'groups/one/work')
  mkdirSync(work, { recursive: true })
  mkdirSync(join(folder, 'outside'))
  writeFileSync(join(folder, 'outside/precious.txt'), Buffer.alloc(1 << 20, 1))
})

afterEach(() => removeTree(folder))

const swept = async (limits = LIMITS) => (await sweep(work, limits)) ?? 'nothing is reported'
/** Runs a program in the work folder: step by step it makes paths that are longer than any call takes. */
const leave = (script: string) =>
  execFileSync(process.execPath, ['-e', `const fs = require('node:fs');${script}`], { cwd: work })
const nested = (count: number, length: number) =>
  `const name = 'a'.repeat(${length});for (let i = 0; i < ${count}; i++) { fs.mkdirSync(name); process.chdir(name) }`

test('a link is counted and leads nowhere', async () => {
  symlinkSync(join(folder, 'outside'), join(work, 'link'))
  symlinkSync('link', join(work, 'again'))
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19, files: 2 })).toBe('nothing is reported')
  expect(await swept({ ...LIMITS, files: 1 })).toContain('more than 1 files and folders')
})

test('a pipe and a socket are counted, and nobody waits for them', async () => {
  execFileSync('mkfifo', [join(work, 'pipe')])
  // Without closing it, it leaves its socket.
  leave("require('node:net').createServer().listen('socket', () => process.exit())")
  expect(await walk(work, 10)).toMatchObject({ count: 2, unreadable: false })
})

test('holes in a file take nothing, and are nothing', async () => {
  leave("fs.writeFileSync('holes', '');fs.truncateSync('holes', 2 ** 40)")
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19 })).toBe('nothing is reported')
})

test('too many bytes and too many files are reported', async () => {
  writeFileSync(join(work, 'much'), Buffer.alloc(1 << 20, 1))
  expect(await swept({ ...LIMITS, diskBytes: 1 << 19 })).toContain('more than 1 MiB to the disk')
  expect(await swept({ ...LIMITS, files: 0 })).toContain('more than 0 files and folders')
})

test.each([
  ['folders within folders', nested(300, 5), 'deeper than any build'],
  ['a path that nobody can name', nested(40, 250), 'deeper than any build'],
  ['a name that is no text', 'fs.mkdirSync(Buffer.from([255]))', 'a file name that is not UTF-8'],
])('%s: told', async (_, script, reason) => {
  leave(script)
  expect(await swept()).toContain(reason)
})

test('a folder that cannot be looked into is reported, unless the caller may look all the same', async () => {
  mkdirSync(join(work, 'locked/within'), { recursive: true })
  chmodSync(join(work, 'locked'), 0)
  expect(await swept()).toContain(
    process.getuid!() === 0 ? 'nothing is reported' : 'a folder that cannot be looked into',
  )
})

test('a folder that is swapped for a link meanwhile leads nowhere', async () => {
  mkdirSync(join(work, 'swapped'))
  const most: number[] = []
  let over = false
  const swapping = (async () => {
    while (!over) {
      renameSync(join(work, 'swapped'), join(work, 'kept'))
      symlinkSync(join(folder, 'outside'), join(work, 'swapped'))
      await new Promise(setImmediate)
      rmSync(join(work, 'swapped'))
      renameSync(join(work, 'kept'), join(work, 'swapped'))
      await new Promise(setImmediate)
    }
  })()
  for (let round = 0; round < 300; round++) most.push((await walk(work, 100)).bytes)
  over = true
  await swapping
  expect(Math.max(...most)).toBeLessThan(1 << 19)
})

describe('what is left is removed', () => {
  test.each([
    ['beyond any path', nested(300, 250)],
    [
      'with names that are no text',
      "fs.mkdirSync(Buffer.from([255]));fs.writeFileSync(Buffer.from([255, 0x2f, 254, 0x2d, 0x72, 0x66]), '')",
    ],
    [
      'without rights',
      "fs.mkdirSync('a/b/c', { recursive: true });fs.chmodSync('a/b', 0);fs.chmodSync('a', 0)",
    ],
    ['beside links', "fs.symlinkSync('../../../outside', 'link');fs.symlinkSync('link', 'again')"],
  ])('%s', async (_, script) => {
    leave(script)
    await removeTree(join(folder, 'groups'))
    expect(existsSync(join(folder, 'groups'))).toBe(false)
    expect(readFileSync(join(folder, 'outside/precious.txt'))).toHaveLength(1 << 20)
  })

  test('what cannot be removed is reported', async () => {
    await expect(removeTree(join(folder, 'nowhere'))).rejects.toThrow('cannot be removed')
  })
})

describe('a command in a room', () => {
  test('writes its work, and reads its input and what it is lent', () => {
    const room = join(folder, 'groups/one')
    expect(roomOf(folder, join(room, 'work/package'))).toEqual({ kind: 'groups', room })
    expect(mountsOf(folder, join(room, 'work/package'), ['/sealed'])).toEqual({
      writable: join(room, 'work'),
      readable: [join(room, 'input'), '/sealed'],
    })
  })

  test.each([
    'sections',
    'sections/x',
    '.',
    '..',
    '../outside',
    'groups',
    'groups/one',
    'groups/one/input',
    'seeds/x.json',
  ])('in %s it has none', (path) =>
    expect(mountsOf(folder, join(folder, path))).toEqual({ writable: null, readable: [] }),
  )
})
