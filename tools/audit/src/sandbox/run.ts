import { mkdir } from 'node:fs/promises'
import type { Command, Outcome } from '@cookbook/toolchain'
import type { Limits } from './limits.ts'
import { onHost } from './on-host.ts'
import { sweep } from './sweep.ts'
import { type Territory, territoryOf } from './territory.ts'
import { type Held, walk } from './walk.ts'

/** How one kind of sandbox runs a command, once its territory is there. */
export type Confine = (command: Command, territory: Territory, before: Held) => Promise<Outcome>

export type Grounds = {
  /** The audit's work folder, as the file system itself calls it. */
  folder: string
  /** What a link that a command leaves may lead to beside its territory. */
  readable: readonly string[]
  /** Who is to own what a command may write, when it is not the caller. */
  owner: number | null
  limits: Limits
}

const NOTHING: Held = { bytes: 0, count: 0 }

/** Runs a command in a sandbox, and looks at what it left before anything else is done there. */
export async function runConfined(confine: Confine, grounds: Grounds, command: Command): Promise<Outcome> {
  const { folder, limits } = grounds
  const territory = territoryOf(folder, command.cwd)
  for (const each of [...territory.readable, ...territory.writable, command.cwd])
    await mkdir(each, { recursive: true })
  if (grounds.owner !== null) await handOver(territory.writable, grounds.owner)
  // The compiled crates are kept from audit to audit; what they take counts from where it began.
  const before = territory.writable.length > 1 ? await walk(territory.writable, Infinity) : NOTHING
  const limited = { ...command, timeoutMs: Math.min(command.timeoutMs, limits.timeMs) }
  const outcome = await confine(limited, territory, before)
  const reason = await sweep(territory, [...territory.readable, ...grounds.readable], limits, before)
  if (reason === null || outcome.kind === 'stopped') return outcome
  const { stdout, stderr, truncated, durationMs } = outcome
  return { kind: 'stopped', reason, stdout, stderr, truncated, durationMs }
}

async function handOver(folders: readonly string[], owner: number): Promise<void> {
  if (folders.length === 0) return
  await onHost('chown', ['--recursive', '--no-dereference', `${owner}:${owner}`, '--', ...folders])
}
