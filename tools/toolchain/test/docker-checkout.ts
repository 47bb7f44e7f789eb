import { execFileSync } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'
import { closeDocker, openDocker } from '../src/docker/docker.ts'
import { projectOf } from '../src/docker/image/project.ts'
import type { Toolchain } from '../src/probe/toolchain.ts'
import type { Command, Outcome } from '../src/process/command.ts'

const OURS = join(import.meta.dirname, '../../../docker')
/** The first two processes of a container, wherever they are listed: numbers of processes begin again at some point. */
const IDLE = /docker-init -- sleep infinity$|^sleep infinity$/

/**
 * A checkout for the tests of a file, in a folder whose name has spaces and letters beyond ASCII, and where this
 * process is root a user of its own, so that files which wrongly belong to root are seen. Its toolchain is opened
 * before each test, and its container goes after all.
 */
export function dockerCheckout() {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 20 * 60_000 })
  const asRoot = process.getuid!() === 0
  const user = asRoot ? { uid: 1234, gid: 1235 } : { uid: process.getuid!(), gid: process.getgid!() }
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'checkout ')))
  const root = join(parent, 'ché ck $(x)')
  const cargo = join(parent, 'cargo')
  mkdirSync(root)
  cpSync(OURS, join(root, 'docker'), { recursive: true })
  vi.stubEnv('CARGO_HOME', cargo)
  const container = projectOf(root, user).name
  const own = (...paths: string[]) => {
    if (asRoot) for (const path of paths) chownSync(path, user.uid, user.gid)
  }
  own(parent, root, join(cargo, 'registry'))

  let toolchain: Toolchain
  async function open(): Promise<Toolchain> {
    const opened = await openDocker(root, { user, progress: console.log })
    if (opened.kind === 'unavailable')
      throw new Error(`these tests need Docker: ${opened.problem}\n${opened.fix}`)
    toolchain = opened.toolchain
    return toolchain
  }
  beforeEach(async () => {
    vi.stubEnv('CARGO_HOME', cargo)
    await open()
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })
  afterAll(async () => {
    vi.stubEnv('CARGO_HOME', cargo)
    expect(await closeDocker(root, user)).toEqual({ kind: 'closed' })
    rmSync(parent, { recursive: true })
  })

  /** By the toolchain that was opened last. */
  const run = (program: string, args: string[], more: Partial<Command> = {}): Promise<Outcome> =>
    toolchain.run({ program, args, cwd: root, timeoutMs: 20_000, ...more })
  const shell = (script: string, more: Partial<Command> = {}) => run('bash', ['-c', script], more)

  /** The commands that run in the container beside its own. */
  function processes(): string[] {
    const top = execFileSync('docker', ['top', container, '-o', 'pid,args'], { encoding: 'utf8' })
    const commands = top
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().replace(/^\d+ +/, ''))
    return commands.filter((command) => !IDLE.test(command))
  }
  const untilNoneIsLeft = () => expect.poll(processes, { timeout: 5_000 }).toEqual([])

  return { user, parent, root, container, own, open, run, shell, processes, untilNoneIsLeft }
}
