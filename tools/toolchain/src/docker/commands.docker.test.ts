import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dockerCheckout } from '../../test/docker-checkout.ts'

const { user, parent, root, run, shell, processes, untilNoneIsLeft } = dockerCheckout()

test('a command runs in its folder with its arguments and environment as they are', async () => {
  const args = ['-c', 'printf "%s|" "$PWD" "$WORDS" "$@"; cat', 'sh', 'a b', '$(id)', "it's", '']
  const outcome = await run('sh', args, { env: { WORDS: 'two words\nand=a line' } })
  expect(outcome).toMatchObject({ kind: 'exited', code: 0, stderr: '' })
  expect(outcome.stdout).toBe(`${root}|two words\nand=a line|a b|$(id)|it's||`)
})

test.each([0, 1, 101, 124, 125, 126, 127, 134, 137, 255])('exit code %i is an exit code', async (code) => {
  expect(await shell(`echo out; echo err >&2; exit ${code}`)).toMatchObject({
    kind: 'exited',
    code,
    stdout: 'out\n',
    stderr: 'err\n',
  })
})

test.each(['SIGABRT', 'SIGSEGV', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])(
  'a program that dies by %s says so',
  async (signal) => {
    expect(await shell(`kill -${signal} $$`)).toMatchObject({ kind: 'signaled', signal })
  },
)

test('no program leaves a core file in the checkout', async () => {
  expect((await shell('ulimit -Hc')).stdout).toBe('0\n')
})

test('a program or a folder that is not there is missing', async () => {
  expect(await run('no-such-program', [])).toMatchObject({ kind: 'missing', program: 'no-such-program' })
  expect(await run('true', [], { cwd: join(root, 'no-such-folder') })).toMatchObject({ kind: 'missing' })
})

test('a command that ignores SIGTERM, with children that leave its group, ends at its limit and all are gone', async () => {
  const stubborn =
    'trap "" TERM; echo begun; (trap "" TERM; setsid sleep 301) & (setsid sleep 302 &) ; sleep 303; sleep 304'
  const outcome = await shell(stubborn, { timeoutMs: 500 })
  expect(outcome).toMatchObject({ kind: 'timed-out', limitMs: 500, stdout: 'begun\n' })
  expect(processes()).toEqual([])
  expect(outcome.durationMs).toBeLessThan(5_000)
})

test('a command that heeds SIGTERM at its limit but leaves a child that does not, leaves none', async () => {
  const outcome = await shell('(trap "" TERM; exec sleep 305) & sleep 306', { timeoutMs: 300 })
  expect(outcome).toMatchObject({ kind: 'timed-out' })
  expect(processes()).toEqual([])
})

test('what a command leaves running when it ends is gone, and its end is not waited for', async () => {
  const outcome = await shell('(setsid sleep 307 &); sleep 308 & echo done')
  expect(outcome).toMatchObject({ kind: 'exited', code: 0, stdout: 'done\n' })
  expect(processes()).toEqual([])
})

test('a command that prints for ever is ended', async () => {
  expect(await run('yes', [], { keepBytes: 1000 })).toMatchObject({ kind: 'output-limit', truncated: true })
  await untilNoneIsLeft()
})

test('the last bytes of each stream are kept, and how it ended is known even when they are few', async () => {
  const outcome = await shell('printf 0123456789; printf abcdefghij >&2; exit 3', { keepBytes: 4 })
  expect(outcome).toMatchObject({ kind: 'exited', code: 3, stdout: '6789', stderr: 'ghij', truncated: true })
})

test('when the process that runs a command is killed, the command ends', async () => {
  const source = `const { openDocker } = await import(${JSON.stringify(import.meta.resolve('./docker.ts'))})
    const { toolchain } = await openDocker(${JSON.stringify(root)}, { user: ${JSON.stringify(user)} })
    await toolchain.run({ program: 'sleep', args: ['309'], cwd: '/', timeoutMs: 600_000 })`
  const runner = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' })
  onTestFinished(() => void runner.kill('SIGKILL'))
  const seen = () => ({
    ended: runner.exitCode,
    runs: processes().some((line) => line.includes('sleep 309')),
  })
  await expect.poll(seen, { timeout: 10_000 }).toEqual({ ended: null, runs: true })
  runner.kill('SIGKILL')
  await untilNoneIsLeft()
})

test('files that a command writes belong to the caller, and so does its home', async () => {
  expect(await shell('mkdir new && echo text >new/file && touch ~/file')).toMatchObject({
    kind: 'exited',
    code: 0,
  })
  for (const name of ['new', 'new/file']) expect(statSync(join(root, name))).toMatchObject(user)
  expect(readFileSync(join(root, 'new/file'), 'utf8')).toBe('text\n')
})

test('a command has no network but loopback, and cannot write to the registry', async () => {
  expect((await shell('ls /sys/class/net')).stdout).toBe('lo\n')
  expect(await shell('touch /cargo/registry/new')).toMatchObject({ kind: 'exited', code: 1 })
  expect(await shell('touch /cargo/new')).toMatchObject({ kind: 'exited', code: 0 })
})

test('a command that asks for the network has it, and fills the registry for the caller', async () => {
  const outcome = await shell(
    'touch /cargo/registry/new && ls /sys/class/net && test -s "$CARGO_HTTP_CAINFO"',
    { network: true },
  )
  expect(outcome).toMatchObject({ kind: 'exited', code: 0 })
  expect(outcome.stdout).toMatch(/eth0/)
  expect(statSync(join(parent, 'cargo/registry/new'))).toMatchObject(user)
})
