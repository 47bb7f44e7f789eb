import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectOf } from '../../toolchain/src/docker/image/project.ts'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { needsCrate } from '../checkout/needs-crate.ts'
import { processesIn } from '../checkout/processes.ts'
import { type Run, start, verify } from '../checkout/run.ts'
import { type Engine, openEngine } from './engine.ts'
import { expectNoNetwork } from './no-network.ts'

const REACH_LIMIT_MS = 120_000
const small = openSmallCheckout(['ebb'])
const PATTERN = join(small.root, 'patterns/ebb')
const [reached, open] = ['reached', 'open'].map((name) => join(small.root, 'target', name))
/** What the build script does first. */
const FIRST = 'let out = PathBuf'
const project = projectOf(small.root)
const isRoot = process.getuid!() === 0
let engine: Engine
const options = () => ({
  door: 'npm run verify' as const,
  env: { TOOLCHAIN: 'docker', DOCKER_HOST: engine.host },
})

beforeAll(async () => {
  if (!isRoot) return
  engine = await openEngine(project.image)
  const first = await verify(small, options())
  expect(first, first.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
  // The build waits here, in the container, until it may go on.
  const wait = `while !std::path::Path::new("../../target/open").exists() {
        std::fs::write("../../target/reached", "").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
    }`
  editShown(PATTERN, 'build.rs', FIRST, `${wait}\n    ${FIRST}`)
})
afterAll(async () => {
  await engine?.close()
  small[Symbol.dispose]()
})

/** A run of a text that no run has seen, in whose build something happens. */
async function amidst(happens: () => void | Promise<void>): Promise<Run> {
  for (const path of [reached!, open!]) rmSync(path, { force: true })
  editShown(PATTERN, 'build.rs', FIRST, `// Once more.\n    ${FIRST}`)
  const { ended } = start(small, options())
  const until = performance.now() + REACH_LIMIT_MS
  while (!existsSync(reached!)) {
    if (performance.now() > until) throw new Error(`the build was not reached: ${(await ended).said}`)
    await sleep(20)
  }
  await happens()
  return ended
}

async function isRightAfterwards(): Promise<void> {
  writeFileSync(open!, '')
  const next = await verify(small, options())
  expect(next, next.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
}

function expectLost({ passed, said }: Run, container: string): void {
  expect(passed, said).toBe(false)
  expect(said).toMatch(new RegExp(`^patterns/ebb/README\\.md:1:1 toolchain-lost: .*${container}`, 'm'))
  expect(said).toContain('npm run verify')
  expect(said).not.toContain('build-failed')
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'an engine that %s ends amid a build: the run and the next one say so, and it is right when the engine is back',
  { timeout: 15 * 60_000 },
  async (signal) => {
    if (!isRoot) throw new Error('these tests start a Docker engine of their own: run them as root')
    expectLost(await amidst(() => engine.stop(signal)), project.name)
    const away = await verify(small, options())
    expect(away.passed, away.said).toBe(false)
    expect(away.said).toMatch(/no toolchain: the Docker engine does not answer: .*\n +start it:/)
    await engine.start()
    await isRightAfterwards()
    expect(await processesIn(small.root, 10_000)).toEqual([])
  },
)

test('a container that is removed amid a build: the run says so, and the next one is right', async () => {
  if (!isRoot) throw new Error('these tests start a Docker engine of their own: run them as root')
  const remove = () => execFileSync('docker', ['-H', engine.host, 'rm', '--force', project.name])
  expectLost(await amidst(() => void remove()), project.name)
  await isRightAfterwards()
})

test('a crate that was never fetched, and no network: the network is what is wrong', async () => {
  if (!isRoot) throw new Error('these tests start a Docker engine of their own: run them as root')
  needsCrate(small, 'ebb', 'cfg-if')
  const CARGO_HOME = join(small.root, 'target/cargo')
  const run = await verify(small, { ...options(), env: { ...options().env, CARGO_HOME } })
  expectNoNetwork(run)
})
