import { execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Command, Outcome } from '../command.ts'
import type { Toolchain } from '../toolchain.ts'
import { closeDocker, openDocker } from './docker.ts'
import { projectOf } from './project.ts'

// A checkout of its own, in a folder whose name has spaces and letters beyond ASCII, and where this process
// is root a user of its own, so that files which wrongly belong to root are seen.
const OURS = join(import.meta.dirname, '../../../../docker')
const asRoot = process.getuid!() === 0
const user = asRoot ? { uid: 1234, gid: 1235 } : { uid: process.getuid!(), gid: process.getgid!() }
let parent: string
let root: string
let container: string
let toolchain: Toolchain

vi.setConfig({ testTimeout: 60_000, hookTimeout: 20 * 60_000 })

beforeAll(async () => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'checkout ')))
  root = join(parent, 'ché ck $(x)')
  mkdirSync(root)
  cpSync(OURS, join(root, 'docker'), { recursive: true })
  vi.stubEnv('CARGO_HOME', join(parent, 'cargo'))
  container = projectOf(root, user).name
  if (asRoot)
    for (const folder of [parent, root, join(parent, 'cargo/registry')]) chownSync(folder, user.uid, user.gid)
})

afterAll(async () => {
  vi.stubEnv('CARGO_HOME', join(parent, 'cargo'))
  expect(await closeDocker(root, user)).toEqual({ kind: 'closed' })
  rmSync(parent, { recursive: true })
})

beforeEach(async () => {
  vi.stubEnv('CARGO_HOME', join(parent, 'cargo'))
  toolchain = await open()
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function open(): Promise<Toolchain> {
  const opened = await openDocker(root, { user, progress: console.log })
  if (opened.kind === 'unavailable')
    throw new Error(`these tests need Docker: ${opened.problem}\n${opened.remedy}`)
  return opened.toolchain
}

function run(program: string, args: string[], more: Partial<Command> = {}): Promise<Outcome> {
  return toolchain.run({ program, args, cwd: root, timeoutMs: 20_000, ...more })
}

function shell(script: string, more: Partial<Command> = {}): Promise<Outcome> {
  return run('bash', ['-c', script], more)
}

/** The first two processes of a container, wherever they are listed: numbers of processes begin anew at some point. */
const IDLE = /docker-init -- sleep infinity$|^sleep infinity$/

/** The commands that run in the container beside these. */
function processes(): string[] {
  const top = execFileSync('docker', ['top', container, '-o', 'pid,args'], { encoding: 'utf8' })
  const commands = top
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(/^\d+ +/, ''))
  return commands.filter((command) => !IDLE.test(command))
}

async function untilNoneIsLeft(): Promise<void> {
  await expect.poll(processes, { timeout: 5_000 }).toEqual([])
}

test('the toolchain says what its tools are, the same at each opening', async () => {
  expect(toolchain.kind).toBe('docker')
  expect(toolchain.id).toMatch(/^[0-9a-f]{16}$/)
  expect(toolchain.tools.filter(({ version }) => version === null)).toEqual([])
  const again = await open()
  expect({ id: again.id, tools: again.tools }).toEqual({ id: toolchain.id, tools: toolchain.tools })
})

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
  expect(await run('yes', [], { keepBytes: 1000 })).toMatchObject({ kind: 'flooded', truncated: true })
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

test('a container that is removed while a command runs is told, and the next opening brings it up', async () => {
  const lost = shell('echo begun; sleep 310')
  await expect.poll(processes).not.toEqual([])
  execFileSync('docker', ['rm', '-f', container])
  const outcome = await lost
  expect(outcome).toMatchObject({ kind: 'missing', program: `container ${container}` })
  expect(outcome.stderr).toContain('run it again')
  toolchain = await open()
  expect(await run('true', [])).toMatchObject({ kind: 'exited', code: 0 })
})

test('a connection to the engine that breaks while a command runs is told, and the command ends', async () => {
  const engine = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  const sockets: Socket[] = []
  const between = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ path: engine, allowHalfOpen: true })
    sockets.push(client, server)
    for (const socket of [client, server]) socket.on('error', () => {})
    client.pipe(server).pipe(client)
  }).listen(join(parent, 'engine.sock'))
  vi.stubEnv('DOCKER_HOST', `unix://${join(parent, 'engine.sock')}`)
  const lost = shell('echo begun; sleep 311')
  await expect.poll(() => sockets.length > 0).toBe(true)
  vi.unstubAllEnvs()
  await expect.poll(processes).not.toEqual([])
  for (const socket of sockets) socket.destroy()
  between.close()
  expect(await lost).toMatchObject({ kind: 'missing', program: `container ${container}` })
  await untilNoneIsLeft()
})

test('several that open at once while nothing is up all get the one container', async () => {
  expect(await closeDocker(root, user)).toEqual({ kind: 'closed' })
  const opened = await Promise.all([open(), open(), open()])
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
  const runs = await Promise.all(
    opened.map((one) => one.run({ program: 'hostname', args: [], cwd: '/', timeoutMs: 9_000 })),
  )
  expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
})

test('a container of another configuration is replaced', async () => {
  const before = await run('hostname', [])
  execFileSync('sh', ['-c', 'echo "# changed" >>docker/compose.yaml'], { cwd: root })
  toolchain = await open()
  expect((await run('hostname', [])).stdout).not.toBe(before.stdout)
})

test('a checkout that was removed and made anew in its place is the one that commands see', async () => {
  renameSync(root, join(parent, 'removed'))
  cpSync(join(parent, 'removed'), root, { recursive: true })
  if (asRoot) chownSync(root, user.uid, user.gid)
  toolchain = await open()
  expect(await shell('echo anew >seen')).toMatchObject({ kind: 'exited', code: 0 })
  expect(readFileSync(join(root, 'seen'), 'utf8')).toBe('anew\n')
})

test('a container that was stopped is started', async () => {
  execFileSync('docker', ['stop', container])
  toolchain = await open()
  expect(await run('true', [])).toMatchObject({ kind: 'exited', code: 0 })
})

test('without an engine, or without the client, opening says what is wrong and what to do', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock')
  expect(await openDocker(root, { user })).toMatchObject({
    kind: 'unavailable',
    problem: expect.stringMatching(/engine does not answer/),
  })
  vi.stubEnv('DOCKER_HOST', undefined)
  vi.stubEnv('PATH', '/nowhere')
  expect(await openDocker(root, { user })).toMatchObject({
    kind: 'unavailable',
    remedy: expect.stringMatching(/docker\.io/),
  })
})
