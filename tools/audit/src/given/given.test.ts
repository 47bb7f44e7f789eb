import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Outcome, Toolchain } from '@cookbook/toolchain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { give, givenTo, NOTHING_GIVEN, withoutCopies } from './given.ts'

let home: string
let work: string
let library: string
const seen: Command[] = []

/** Compilers that do nothing, and a pkg-config that knows one library. */
const toolchain = {
  id: 'host',
  run: async (command: Command): Promise<Outcome> => {
    seen.push(command)
    const isKnown = command.args.at(-1) === 'ring'
    const stdout = isKnown ? '-I/usr/include/ring -DRING=1 -L/opt/ring -lring\n' : ''
    return { kind: 'exited', code: isKnown ? 0 : 1, stdout, stderr: '', truncated: false, durationMs: 1 }
  },
} as unknown as Toolchain

const write = (path: string, text: string) => {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'given-'))
  work = join(home, 'work')
  library = join(home, 'library')
  mkdirSync(work)
  write(join(home, 'secret/key.h'), 'secret')
  write(join(library, 'include/ring/ring.h'), 'int a;')
  write(join(library, 'src/ring.cc'), '')
  write(join(library, 'src/ring_test.cc'), '')
  write(join(library, 'src/tests/one.cc'), '')
  write(join(library, '.git/config'), 'token')
  symlinkSync(join(home, 'secret'), join(library, 'include/linked'))
  symlinkSync(join(home, 'secret/key.h'), join(library, 'include/key.h'))
  seen.length = 0
})

afterEach(() => rmSync(home, { recursive: true }))

const wanted = (more: object) => give(toolchain, work, { include: [], library: [], project: null, ...more })

async function given(more: object) {
  const found = await wanted(more)
  if (found.kind === 'refused') throw new Error(found.problem)
  return found.given
}

test('a folder is copied without what links lead to and what is hidden', async () => {
  const { reads, env } = await given({ include: [library] })
  expect(env).toEqual({ CPATH: reads[0] })
  expect(readdirSync(reads[0]!, { recursive: true }).sort()).toEqual([
    'include',
    'include/ring',
    'include/ring/ring.h',
    'src',
    'src/ring.cc',
    'src/ring_test.cc',
    'src/tests',
    'src/tests/one.cc',
  ])
})

test('of a checkout the folders of headers are searched, and the sources of its library are known', async () => {
  const { reads, env, sources } = await given({ project: library })
  const [copy] = reads
  expect(env.CPATH).toBe([join(copy!, 'include'), join(copy!, 'src'), join(copy!, '.')].join(':'))
  expect(sources).toEqual([`${copy}/src/ring.cc`])
})

test('the same files are one copy, and others another name', async () => {
  const first = await given({ include: [library] })
  expect(await given({ include: [library] })).toEqual(first)
  write(join(library, 'include/ring/ring.h'), 'int b;')
  expect((await given({ include: [library] })).digest).not.toBe(first.digest)
  expect(readdirSync(join(work, 'given')).length).toBe(2)
})

test('a folder that holds the work folder is copied without it', async () => {
  const { reads } = await given({ project: home })
  expect(existsSync(join(reads[0]!, 'library/include'))).toBe(true)
  expect(existsSync(join(reads[0]!, 'work'))).toBe(false)
})

test('a library of pkg-config has its flags for compiler and linker', async () => {
  const { compile, link, env } = await given({ library: ['ring'] })
  expect([compile, link]).toEqual([
    ['-I/usr/include/ring', '-DRING=1'],
    ['-L/opt/ring', '-lring'],
  ])
  expect(env).toEqual({ CPATH: '/usr/include/ring', LIBRARY_PATH: '/opt/ring' })
})

test.each([
  [{ include: ['/nowhere'] }, '--include /nowhere is no folder'],
  [{ library: ['bell'] }, '--library bell: pkg-config does not know it; install the package of its headers'],
  [{ library: ['--variable=x'] }, '--library --variable=x is no name that pkg-config knows'],
])('%o is refused', async (more, problem) => {
  expect(await wanted(more)).toEqual({ kind: 'refused', problem })
})

test('a folder of too many folders within each other is refused', async () => {
  mkdirSync(join(library, 'a/'.repeat(40)), { recursive: true })
  expect(await wanted({ include: [library] })).toMatchObject({
    kind: 'refused',
    problem: expect.stringContaining('cannot be copied: it has more than 32 folders within each other'),
  })
})

test('commands see it, and what is remembered has another name', async () => {
  const one = await given({ include: [library] })
  const with_ = givenTo(toolchain, one)
  await with_.run({ program: 'g++', args: [], cwd: '/', timeoutMs: 1, reads: ['/seed'], env: { A: '1' } })
  expect(seen.at(-1)).toMatchObject({ reads: ['/seed', ...one.reads], env: { CPATH: one.reads[0], A: '1' } })
  expect(with_.id).not.toBe(toolchain.id)
  expect(givenTo(toolchain, NOTHING_GIVEN)).toBe(toolchain)
})

test('no copy is named in what a compiler says', async () => {
  const { reads } = await given({ include: [library] })
  expect(withoutCopies(`${reads[0]}/include/ring/ring.h:1: note`)).toBe('include/ring/ring.h:1: note')
})

test('the sources of a checkout are in the first of its folders for them', async () => {
  rmSync(join(library, 'src'), { recursive: true })
  write(join(library, 'lib/other.cc'), '')
  write(join(library, 'source/ring.cpp'), '')
  const { reads, sources } = await given({ project: library })
  expect(sources).toEqual([`${reads[0]}/source/ring.cpp`])
})
