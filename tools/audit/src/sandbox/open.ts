import { createHash } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, openToolchain, type Toolchain, writeFileAtomic } from '@cookbook/toolchain'
import type { Backend } from './backend/backend.ts'
import { LIMITS, type Limits } from './confine/limits.ts'
import { noSandbox, unknownSandbox } from './confine/messages.ts'
import { inputIn, roomOf } from './confine/mounts.ts'
import { runConfined } from './confine/run.ts'
import { fetchSeparately, refusal } from './crates/gate.ts'
import { callersMirrors, type Settings } from './crates/mirrors.ts'

export type SandboxOptions = {
  /** The repository's folder. */
  root: string
  /** Absolute; what an audit writes is below it. Default: a folder of the toolchain's own below the root. */
  workFolder?: string | undefined
  /** `auto` takes bubblewrap where it works, else Docker; `trust` is no sandbox at all. */
  choice: 'auto' | 'bubblewrap' | 'docker' | 'trust' | (string & {})
  /** The crates that may be fetched and built, by any spelling of their names; ignored under `trust`. */
  allowed: ReadonlySet<string>
  limits?: Partial<Limits>
  /** Hears of slow steps, such as building the image. */
  progress?: (words: string) => void
}

/** Where a guide's code is tried: `folder` is what of the disk its commands are given. */
export type Sandbox =
  | { kind: 'open'; toolchain: Toolchain; folder: string; within: Backend['kind'] | 'nothing' }
  | { kind: 'unavailable'; problem: string; fix: string }

/** The compilers, so that what they build and run can do no harm; or why not, and what to do about it. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { root, choice, workFolder } = options
  const limits = { ...LIMITS, ...options.limits }
  const folderOf = async (id: string) => {
    const folder = workFolder ?? join(root, 'target', 'audit', id)
    await mkdir(folder, { recursive: true })
    return realpath(folder)
  }
  if (choice === 'trust') {
    const opened = await openToolchain(root, 'host')
    if (opened.kind === 'unavailable') return opened
    const { toolchain } = opened
    return { kind: 'open', toolchain, folder: await folderOf(toolchain.id), within: 'nothing' }
  }
  if (!['auto', 'bubblewrap', 'docker'].includes(choice))
    return { kind: 'unavailable', ...unknownSandbox(choice) }
  const settings = join(workFolder ?? join(root, 'target', 'audit'), 'settings')
  const mirrors = callersMirrors()
  const configuration = mirrors === '' ? null : join(settings, 'mirrors.toml')
  if (configuration !== null) await writeFileAtomic(configuration, mirrors)
  const backend = await openBackend(options, limits, { settings, mirrors, configuration })
  if (backend.kind === 'unavailable') return backend
  const { outside, confine, owner } = backend
  const folder = await folderOf(digest([backend.kind, outside.id]))
  // What is allowed is part of what an earlier verdict was of.
  const id = digest([backend.kind, outside.id, limits, [...options.allowed].sort()])
  const fetches = join(root, 'target', 'audit-fetch')
  const grounds = { folder, owner, limits }
  const run = async (command: Command) => {
    const at = roomOf(folder, command.cwd)
    const refused =
      at?.kind === 'seeds' && command.program === 'cargo'
        ? await refusal(inputIn(at.room), options.allowed)
        : null
    if (refused !== null) return refused
    if (command.network) return fetchSeparately(outside, fetches, command, mirrors)
    return runConfined(confine, grounds, command)
  }
  return { kind: 'open', toolchain: { ...outside, id, run }, folder, within: backend.kind }
}

async function openBackend(
  { root, choice, progress }: SandboxOptions,
  limits: Limits,
  settings: Settings,
): Promise<Backend | Extract<Sandbox, { kind: 'unavailable' }>> {
  let problem = 'bubblewrap was not asked for'
  if (choice !== 'docker') {
    const { openBubblewrap } = await import('./backend/open-bubblewrap.ts')
    const found = await openBubblewrap(root, limits, settings)
    if ('confine' in found) return found
    problem = found.problem
  }
  let docker = { problem: 'Docker was not asked for', fix: '--sandbox=docker' }
  if (choice !== 'bubblewrap') {
    const { openDocker } = await import('./backend/open-docker.ts')
    const found = await openDocker(root, limits, settings, progress)
    if ('confine' in found) return found
    docker = found
  }
  return { kind: 'unavailable', ...noSandbox(problem, docker) }
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
