import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Outcome, openToolchain, type Toolchain } from '@cookbook/toolchain'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { MEMCHECK, SANITIZERS, UNWRAPPED } from '../context/wrap.ts'
import { FAULTS_LIBRARY, withFaults } from './faults.ts'

const root = await mkdtemp(join(tmpdir(), 'faults-'))
afterAll(() => rm(root, { recursive: true }))

const opened = await openToolchain(root, 'host')
const host = opened.kind === 'open' ? opened.toolchain : null
beforeEach(({ skip }) => {
  if (opened.kind === 'unavailable') skip(opened.problem)
})

async function preloaded(toolchain: Toolchain, faults: string, ...args: string[]): Promise<Outcome> {
  const wrap = await withFaults(toolchain, root, UNWRAPPED)
  if ('skipped' in wrap) throw new Error(wrap.skipped)
  const env = { LD_PRELOAD: wrap.env[FAULTS_LIBRARY]!, FAULTS: faults }
  return toolchain.run({ program: 'cat', args, cwd: root, env, timeoutMs: 20_000 })
}

test('the call that is named fails, and no other', async () => {
  const second = await preloaded(host!, 'open:2', '/dev/null', '/dev/null', '/dev/null')
  expect(second).toMatchObject({ kind: 'exited', code: 1 })
  expect(second.stderr.match(/Too many open files/g)).toHaveLength(1)
  expect(second.stderr).toContain('faults: open 2 failed')
  const all = await preloaded(host!, 'open:2+', '/dev/null', '/dev/null', '/dev/null')
  expect(all.stderr.match(/Too many open files/g)).toHaveLength(2)
  expect(await preloaded(host!, 'open:4', '/dev/null')).toMatchObject({ code: 0, stderr: '' })
})

test('a fault that it does not know is refused', async () => {
  const refused = await preloaded(host!, 'open', '/dev/null')
  expect(refused).toMatchObject({ kind: 'exited', code: 2 })
  expect(refused.stderr).toBe('faults: FAULTS is "open", expected FUNCTION:N, FUNCTION:N+ or FUNCTION:Nms\n')
})

test('it is built once, and leaves nothing else behind', async () => {
  await Promise.all([withFaults(host!, root, UNWRAPPED), withFaults(host!, root, UNWRAPPED)])
  const files = await readdir(join(root, 'target', host!.id))
  expect(files).toEqual([expect.stringMatching(/^faults-[0-9a-f]{16}\.so$/)])
})

test('where it does not build, its tests are skipped with the reason', async () => {
  const run: Toolchain['run'] = async () => ({
    ...{ kind: 'exited', code: 1, stdout: '', truncated: false, durationMs: 1 },
    stderr: "faults.c:11:10: fatal error: 'dlfcn.h' file not found\n1 error generated.\n",
  })
  const clang = { name: 'clang++', program: 'clang++-19', version: '19.1', output: '' } as const
  const toolchain: Toolchain = {
    kind: 'docker',
    id: 'without',
    seeds: 'without',
    tools: [clang],
    missing: [],
    run,
  }
  expect(await withFaults(toolchain, root, UNWRAPPED)).toEqual({
    skipped:
      "clang++-19 does not build tools/harness/faults/faults.c: faults.c:11:10: fatal error: 'dlfcn.h' file not found",
  })
})

test('what watches memory is not disturbed', async () => {
  for (const wrap of [MEMCHECK, SANITIZERS])
    expect(await withFaults(host!, root, wrap)).toEqual({
      skipped: 'a library that makes calls fail and one that watches memory both want to be loaded first',
    })
})
