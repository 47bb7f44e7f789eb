import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOnHost } from '@cookbook/toolchain/process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeRoom, openRoom, type Room, toolchainIn } from '../crates/room.ts'
import { NOTHING_GIVEN } from '../given/given.ts'
import { added } from '../project/project.ts'
import { compileCxx, prepare } from './check-cxx.ts'
import { type Bench, filesRead, writePackage } from './package.ts'

let home: string
let room: Room
let bench: Bench

const project = {
  name: 'guide',
  files: new Map([['src/main.rs', [added('fn main() {}')]]]),
  crates: new Map(),
  helps: [],
  edits: [],
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'package-'))
  room = await openRoom(home, 'groups')
  const run = (command: Parameters<typeof runOnHost>[0]) => runOnHost(command, { PATH: process.env.PATH! })
  const tools = [{ name: 'g++' as const, program: join(home, 'g++'), version: '12.2.0', output: '' }]
  const toolchain = { kind: 'host' as const, id: '', seeds: '', tools, missing: [], run }
  const target = join(room.work, 'target')
  bench = {
    ...{
      workshop: { toolchain, folder: home, lock: '', isolated: true },
      isolated: true,
      sanitize: false,
      given: NOTHING_GIVEN,
    },
    ...{ room, dir: room.dir, target, sanitizedTarget: target, lockAtHand: null },
    ...toolchainIn(room, toolchain),
  }
})

afterEach(async () => {
  await closeRoom(room)
  rmSync(home, { recursive: true })
})

const program = (script: string) =>
  bench.toolchain.run({ program: 'sh', args: ['-c', script], cwd: room.dir, timeoutMs: 10_000 })

test.each([
  ['a folder in a file’s place', 'rm src/main.rs; mkdir -p src/main.rs/more Cargo.lock'],
  ['a link at the name of a draft', 'ln -s /nowhere src/.main.rs.1.draft'],
  ['a folder that nobody may enter', 'mkdir -p a/b; chmod 0 a/b a'],
])('%s is gone before the next command, which finds what was written', async (_, script) => {
  await writePackage(bench, project)
  await program(script)
  await writePackage(bench, project)
  const { stdout } = await program('find . -mindepth 1; cat src/main.rs')
  expect(stdout).toBe('./src\n./src/main.rs\nfn main() {}\n')
})

test.each([
  ['a link', 'mkdir ../other; rm -r ../package; ln -s other ../package'],
  ['a file', 'rm -r ../package; echo > ../package'],
  ['nothing', 'mv ../package ../moved'],
])('a program that leaves %s in the package’s place has corrupted its work directory', async (_, script) => {
  await writePackage(bench, project)
  await program(script)
  await writePackage(bench, project)
  await expect(program('true')).rejects.toThrow('corrupted its work directory')
})

test('what a file of the audit’s own holds cannot be changed by a link that a program leaves', async () => {
  const precious = join(home, 'precious')
  writeFileSync(precious, 'precious')
  await writePackage(bench, project)
  await program(`rm src/main.rs; ln -s ${precious} src/main.rs`)
  const other = { ...project, files: new Map([['src/main.rs', [added('fn other() {}')]]]) }
  await writePackage(bench, other)
  expect((await program('cat src/main.rs')).stdout).toBe('fn other() {}\n')
  expect(readFileSync(precious, 'utf8')).toBe('precious')
})

test('a manifest that is not understood is not written', async () => {
  const files = new Map([['Cargo.toml', [added('[dependencies]'), added('a = { path = "/" }')]]])
  await writePackage(bench, { ...project, files })
  expect(existsSync(join(room.input, 'Cargo.toml'))).toBe(false)
})

test('what compilers have read is what their own lists say', async () => {
  await writePackage(bench, project)
  await program('mkdir -p ../target/debug; echo "guide: src/main.rs" > ../target/debug/guide.d')
  expect([...(await filesRead(bench, project))].sort()).toEqual(['Cargo.toml', 'src/main.rs'])
  await program('ln -s guide.d ../target/debug/other.d; ln -s / ../target/debug/root.d')
  expect([...(await filesRead(bench, project))].sort()).toEqual(['Cargo.toml', 'src/main.rs'])
})

test.each([
  ['far too long', 'truncate -s 5M ../target/debug/holes.d', 'too long for a list of files'],
  ['too many', 'for n in 1 2 3; do truncate -s 3M ../target/debug/$n.d; done', 'cannot be listed'],
  ['not there', 'rm -r ../target', 'No such file'],
])('a list that is %s is a failure, and not an empty one', async (_, script, reason) => {
  await writePackage(bench, project)
  await program('mkdir -p ../target/debug')
  await program(script)
  await expect(filesRead(bench, project)).rejects.toThrow(reason)
})

test.each([
  ['kill -KILL $$', 'the compiler was ended by SIGKILL'],
  [
    'echo "cc1plus: out of memory allocating 9 bytes" >&2; exit 1',
    'the compiler ended with exit code 1: cc1plus: out of memory allocating 9 bytes',
  ],
])('a compiler that ends by %s has accepted nothing', async (script, message) => {
  writeFileSync(join(home, 'g++'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const cxx = { ...project, files: new Map([['a.cc', [added('int a;')]]]) }
  await writePackage(bench, cxx)
  const scratch = join(room.work, 'apart')
  await prepare(bench, cxx, null, scratch)
  const checked = await compileCxx(bench, cxx, scratch, 'c++20', null)
  expect(checked.map(({ problems }) => problems)).toMatchObject([
    [{ path: 'a.cc', message, unfinished: true }],
  ])
})

test('a tab is one column, as in an editor and in what reads the line', async () => {
  writeFileSync(join(home, 'g++'), '#!/bin/sh\nexec g++ "$@"\n', { mode: 0o755 })
  const cxx = { ...project, files: new Map([['a.cc', [added('\tstruct A : Missing {};')]]]) }
  await writePackage(bench, cxx)
  const scratch = join(room.work, 'apart')
  await prepare(bench, cxx, null, scratch)
  const [checked] = await compileCxx(bench, cxx, scratch, 'c++20', null)
  expect(checked!.problems).toMatchObject([{ path: 'a.cc', line: 1, column: 21 }])
})
