import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { endRunner, openRunners, type Runner, type Runners } from '../src/watch/runners.ts'
import { isAlive } from './alive.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** In vitest's place, so that it is there at once: notes that it is loaded, and waits as a runner does. */
const RUNNER = `
import { appendFileSync, existsSync } from 'node:fs'
import { gate } from ${JSON.stringify(join(ROOT, 'tools/harness/src/runner/gate.ts'))}
appendFileSync(new URL('../../loaded', import.meta.url), process.pid + '\\n')
await gate()
if (existsSync('long')) await new Promise(() => setInterval(() => {}, 60_000))
console.log(process.cwd(), existsSync('again') ? 'made again' : 'as it was', process.env.NODE_COMPILE_CACHE)
process.exit(0)
`

let root: string
let runners: Runners

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-runners-')))
  for (const path of ['node_modules/vitest', 'patterns/ebb', 'patterns/flood'])
    mkdirSync(join(root, path), { recursive: true })
  writeFileSync(join(root, 'node_modules/vitest/vitest.mjs'), RUNNER)
  writeFileSync(join(root, 'loaded'), '')
  vi.stubEnv('NODE_COMPILE_CACHE', 'cache')
  runners = openRunners(root)
  onTestFinished(() => {
    runners.end()
    vi.unstubAllEnvs()
    rmSync(root, { recursive: true, force: true })
  })
})

const saidBy = ({ stdout }: Runner) => text(stdout)
const said = (slug: string, how = 'as it was') =>
  `${join(root, 'patterns', slug)} ${how} ${join(root, 'cache')}\n`

/** The processes that were loaded, when there are as many. */
const loaded = (count: number) =>
  vi.waitFor(() => {
    const pids = readFileSync(join(root, 'loaded'), 'utf8').split('\n').filter(Boolean).map(Number)
    expect(pids).toHaveLength(count)
    return pids
  }, 10_000)
const gone = (pid: number) => vi.waitFor(() => expect(isAlive(pid), `${pid} runs`).toBe(false), 10_000)

test('a runner that nobody expected begins in the folder of its pattern', async () => {
  expect(await saidBy(runners.begin('ebb'))).toBe(said('ebb'))
})

test('one that was expected, more than once, was loaded once, and begins once', async () => {
  runners.expect('ebb')
  const [first] = await loaded(1)
  runners.expect('ebb')
  const runner = runners.begin('ebb')
  expect([runner.pid, await saidBy(runner)]).toEqual([first, said('ebb')])
  expect(await saidBy(runners.begin('ebb'))).toBe(said('ebb'))
  await loaded(2)
})

test('a waiting runner of another pattern is not taken, and does not wait on', async () => {
  runners.expect('flood')
  const [other] = await loaded(1)
  expect(await saidBy(runners.begin('ebb'))).toBe(said('ebb'))
  await gone(other!)
})

test('nor is one whose folder was made again', async () => {
  runners.expect('ebb')
  const [first] = await loaded(1)
  const [dir, aside] = [join(root, 'patterns/ebb'), join(root, 'aside')]
  renameSync(dir, aside)
  cpSync(aside, dir, { recursive: true })
  writeFileSync(join(dir, 'again'), '')
  expect(await saidBy(runners.begin('ebb'))).toBe(said('ebb', 'made again'))
  await gone(first!)
})

test('nor one that was killed', async () => {
  runners.expect('ebb')
  const [first] = await loaded(1)
  process.kill(first!, 'SIGKILL')
  // Gone altogether, so that its end has been heard of here.
  await vi.waitFor(() => expect(existsSync(`/proc/${first}`)).toBe(false), 10_000)
  expect(await saidBy(runners.begin('ebb'))).toBe(said('ebb'))
})

test('one that was killed unheard is told by what it leaves', async () => {
  runners.expect('ebb')
  const [first] = await loaded(1)
  process.kill(first!, 'SIGKILL')
  while (isAlive(first!));
  expect(await saidBy(runners.begin('ebb'))).toBe('')
})

test('one that ended by itself is not ended again: its number may be somebody else’s', async () => {
  const runner = runners.begin('ebb')
  await once(runner, 'close')
  const kill = vi.spyOn(process, 'kill')
  endRunner(runner)
  expect(kill).not.toHaveBeenCalled()
  kill.mockRestore()
})

test('one that cannot be started is told by what it leaves', async () => {
  runners.expect('nowhere')
  expect(await saidBy(runners.begin('nowhere'))).toBe('')
})

test('nothing waits on after the end', async () => {
  runners.expect('ebb')
  const [first] = await loaded(1)
  runners.end()
  await gone(first!)
})

test('nor does anything go on, waiting or begun, when whoever started it is killed', async () => {
  writeFileSync(join(root, 'patterns/flood/long'), '')
  const module = JSON.stringify(join(ROOT, 'tools/cli/src/watch/runners.ts'))
  const script = `const { openRunners } = await import(${module})
const runners = openRunners(${JSON.stringify(root)})
runners.begin('flood')
runners.expect('ebb')`
  const args = ['--input-type=module', '--eval', script]
  const watching = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  const started = await loaded(2)
  expect(started.map(isAlive)).toEqual([true, true])
  watching.kill('SIGKILL')
  await Promise.all(started.map(gone))
})
