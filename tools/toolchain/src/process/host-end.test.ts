import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { hostFolder } from '../../test/host-folder.ts'

const KIB = 1024
const { path, run, sh } = hostFolder()

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
  expect(outcome).toMatchObject({ kind: 'output-limit', limitBytes: 64 * KIB, truncated: true })
  expect(Buffer.byteLength(outcome.stdout)).toBeLessThanOrEqual(KIB)
  expect(outcome.stdout).toContain('black sheep')
})

test('a flood of errors is a flood as well', async () => {
  const outcome = await sh('while :; do echo baa >&2; done', { keepBytes: KIB })
  expect(outcome).toMatchObject({ kind: 'output-limit', truncated: true, stdout: '' })
})

test('a command ends with the process that started it', async () => {
  const script = `
    import { runOnHost } from '${join(import.meta.dirname, 'host.ts')}'
    const command = { program: 'sh', args: ['-c', 'echo $$ > pid; exec sleep 60'], cwd: ${JSON.stringify(path())}, timeoutMs: 60_000 }
    await runOnHost(command, { PATH: process.env.PATH })
  `
  const caller = run(process.execPath, ['--input-type=module-typescript', '-e', script])
  const pid = await vi.waitFor(
    () => {
      const pid = Number(readFileSync(path('pid'), 'utf8'))
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
