import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Command } from './command.ts'
import { hostEnvironment } from './environment.ts'
import { runOnHost } from './host.ts'

const KIB = 1024

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function node(script: string, more: Partial<Command> = {}) {
  const command = { program: process.execPath, args: ['-e', script], cwd: folder, timeoutMs: 20_000, ...more }
  return runOnHost(command, hostEnvironment())
}

function sh(script: string, more: Partial<Command> = {}) {
  return runOnHost(
    { program: 'sh', args: ['-c', script], cwd: folder, timeoutMs: 20_000, ...more },
    hostEnvironment(),
  )
}

/** Whether a process runs; one that ended and that nobody has asked for yet does not. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function isGone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1)
  await vi.waitFor(() => expect(runs(pid)).toBe(false), { timeout: 5_000 })
}

test('arguments arrive as they are, whatever a shell would make of them', async () => {
  const odd = [
    'two words',
    '',
    "it's",
    '"quoted"',
    '$HOME $(id) `id`',
    'a\nb\r\nc\td',
    '\\',
    '*',
    '-rf',
    '~',
    'sheep; exit 3',
    'wool & | > <',
    'Schäfchen 🐑',
    '!!',
    '{a,b}',
    '#',
    '--',
  ]
  const outcome = await node('console.log(JSON.stringify(process.argv.slice(1)))', {
    args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...odd],
  })
  expect(JSON.parse(outcome.stdout)).toEqual(odd)
})

test('a program may have a name that a shell would take apart', async () => {
  const program = join(folder, "an odd 'name' $HOME")
  const outcome = await runOnHost(
    { program: 'cp', args: ['/bin/echo', program], cwd: folder, timeoutMs: 5_000 },
    hostEnvironment(),
  )
  expect(outcome).toMatchObject({ kind: 'exited', code: 0 })
  const echoed = await runOnHost({ program, args: ['baa'], cwd: folder, timeoutMs: 5_000 }, hostEnvironment())
  expect(echoed).toMatchObject({ kind: 'exited', code: 0, stdout: 'baa\n' })
})

test('a program that is not there is missing, not an exit code', async () => {
  for (const program of ['no-such-program', './no-such-program', '/no/such/program', folder])
    expect(await sh('', { program })).toMatchObject({ kind: 'missing', program })
})

test('a program is not found in a place of PATH that cannot be looked into', async () => {
  // Another user's folder hides nothing from root; a loop hides it from everybody.
  symlinkSync('loop', join(folder, 'loop'))
  const command = { program: 'program', args: [], cwd: folder, timeoutMs: 20_000 }
  expect(await runOnHost(command, { PATH: join(folder, 'loop') })).toMatchObject({ kind: 'missing' })
})

test('a file that is not executable is missing', async () => {
  await sh('echo echo > script')
  expect(await sh('', { program: './script', args: [] })).toMatchObject({ kind: 'missing' })
})

test('the exit code and both streams are told apart', async () => {
  const outcome = await sh('echo out; echo err >&2; exit 7')
  expect(outcome).toMatchObject({
    kind: 'exited',
    code: 7,
    stdout: 'out\n',
    stderr: 'err\n',
    truncated: false,
  })
  expect(outcome.durationMs).toBeGreaterThan(0)
})

test('a program that a signal ends says which', async () => {
  expect(await sh('echo last words; kill -ABRT $$')).toMatchObject({
    kind: 'signaled',
    signal: 'SIGABRT',
    stdout: 'last words\n',
  })
})

test('the time limit ends the group, also a child that ignores SIGTERM, and keeps the last words', async () => {
  const script = `trap "" TERM; sh -c 'trap "" TERM; echo $$; while :; do sleep 60; done' & wait`
  const outcome = await sh(script, { timeoutMs: 500 })
  expect(outcome).toMatchObject({ kind: 'timed-out', limitMs: 500 })
  await isGone(Number(outcome.stdout))
})

test('what a command leaves behind in its group ends with it', async () => {
  const outcome = await sh('sleep 60 >/dev/null 2>&1 & echo $!')
  expect(outcome).toMatchObject({ kind: 'exited', code: 0 })
  await isGone(Number(outcome.stdout))
})

test('a child that left the group and keeps the pipes open does not keep the command from ending', async () => {
  const child = `setsid sh -c 'echo $$; : > begun; exec sleep 30'`
  const outcome = await sh(`mkfifo begun; ${child} & cat begun`)
  const pid = Number(outcome.stdout)
  expect(pid).toBeGreaterThan(1)
  try {
    expect(outcome).toMatchObject({ kind: 'exited', code: 0 })
    expect(runs(pid)).toBe(true)
    expect(outcome.durationMs).toBeLessThan(20_000)
  } finally {
    process.kill(pid)
  }
})

test('a program that prints for ever is stopped, and its last words are kept', async () => {
  const outcome = await sh('while :; do echo baa baa black sheep have you any wool; done', { keepBytes: KIB })
  expect(outcome).toMatchObject({ kind: 'flooded', limitBytes: 64 * KIB, truncated: true })
  expect(Buffer.byteLength(outcome.stdout)).toBeLessThanOrEqual(KIB)
  expect(outcome.stdout).toContain('black sheep')
})

test('a flood of errors is a flood as well', async () => {
  const outcome = await sh('while :; do echo baa >&2; done', { keepBytes: KIB })
  expect(outcome).toMatchObject({ kind: 'flooded', truncated: true, stdout: '' })
})

test('of much output the end is kept', async () => {
  const outcome = await sh('seq 1 1000', { keepBytes: 100 })
  expect(outcome).toMatchObject({ kind: 'exited', code: 0, truncated: true })
  expect(outcome.stdout).toMatch(/\n999\n1000\n$/)
  expect(outcome.stdout).toHaveLength(100)
})

test('a secret of the caller does not reach a command, and what it is given does', async () => {
  vi.stubEnv('COOKBOOK_SECRET', 'wool')
  vi.stubEnv('RUSTFLAGS', '--cfg wool')
  const outcome = await sh('env', { env: { GIVEN: 'yes' } })
  vi.unstubAllEnvs()
  expect(outcome.stdout).not.toContain('wool')
  expect(outcome.stdout).toContain('GIVEN=yes\n')
  expect(outcome.stdout).toContain('LC_ALL=C.UTF-8\n')
})

test('standard input is empty', async () => {
  expect(await sh('cat; echo end')).toMatchObject({ kind: 'exited', stdout: 'end\n' })
})

test('a command whose input stays open does not run what a login would', async () => {
  writeFileSync(join(folder, '.bashrc'), 'exit 7\n')
  const command = { program: 'echo', args: ['said'], cwd: folder, timeoutMs: 20_000 }
  for (const level of [{}, { SHLVL: '0' }]) {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, ...level }
    expect(await runOnHost(command, env, 'pipe')).toMatchObject({ kind: 'exited', code: 0, stdout: 'said\n' })
  }
})

test('a command ends with the process that started it', async () => {
  const script = `
    import { runOnHost } from '${join(import.meta.dirname, 'host.ts')}'
    const command = { program: 'sh', args: ['-c', 'echo $$ > pid; exec sleep 60'], cwd: ${JSON.stringify(folder)}, timeoutMs: 60_000 }
    await runOnHost(command, { PATH: process.env.PATH })
  `
  const caller = node(script, { args: ['--input-type=module-typescript', '-e', script], timeoutMs: 20_000 })
  const pid = await vi.waitFor(
    () => {
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
      expect(runs(pid)).toBe(true)
      return pid
    },
    { timeout: 15_000 },
  )
  const parent = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
  process.kill(parent, 'SIGKILL')
  await isGone(pid)
  expect(await caller).toMatchObject({ kind: 'signaled', signal: 'SIGKILL' })
})
