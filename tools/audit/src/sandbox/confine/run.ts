import { lchown } from 'node:fs/promises'
import type { Command, Outcome } from '@cookbook/toolchain'
import type { Limits } from './limits.ts'
import { type Mounts, mountsOf } from './mounts.ts'
import { sweep } from './sweep.ts'

/** How one kind of sandbox runs a command, once its territory is there. */
export type Confine = (command: Command, mounts: Mounts) => Promise<Outcome>

export type Grounds = {
  /** The audit's work folder, as the file system itself calls it. */
  folder: string
  /** Who is to own what a command may write, when it is not the caller. */
  owner: number | null
  limits: Limits
}

/** Runs a command in a sandbox, and counts what it left. */
export async function runConfined(confine: Confine, grounds: Grounds, command: Command): Promise<Outcome> {
  const { folder, limits, owner } = grounds
  const mounts = mountsOf(folder, command.cwd, command.reads)
  const { writable } = mounts
  // The folder itself, whose parent no command may write.
  if (owner !== null && writable !== null) await lchown(writable, owner, owner)
  const limited = { ...command, timeoutMs: Math.min(command.timeoutMs, limits.timeMs) }
  const outcome = await confine(limited, mounts)
  const reason = writable === null ? null : await sweep(writable, limits)
  if (reason === null || outcome.kind === 'sandbox-limit') return outcome
  const { stdout, stderr, truncated, durationMs } = outcome
  return { kind: 'sandbox-limit', reason, stdout, stderr, truncated, durationMs }
}
