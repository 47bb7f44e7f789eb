import { randomUUID } from 'node:crypto'
import type { ExitStatus, Outcome } from '../../process/command.ts'

/** A word that docker/supervise.cc prints last, and that no program can know beforehand. */
export type Receipt = string

/** How a command ended, and how many processes of its container the kernel killed meanwhile because memory ran out. */
export type Redeemed = { outcome: Outcome; oomKills: number }

/** More bytes than a receipt's line takes. */
export const RECEIPT_BYTES = 128

export function newReceipt(): Receipt {
  return `receipt-${randomUUID()}`
}

/**
 * What the command itself did, from what the docker client gave back: the supervisor's last line is taken
 * off standard error and becomes the ending. `null` when it never came: the container or the engine is gone.
 */
export function redeem(receipt: Receipt, client: Outcome, program: string): Redeemed | null {
  const start = client.stderr.lastIndexOf(`\n${receipt} `)
  if (start < 0) return null
  const [, how, what, took, oomKills] = client.stderr
    .slice(start + 1)
    .trim()
    .split(' ')
  const exitStatus = endingFrom(how!, what!, program)
  if (exitStatus === null) return null
  const { stdout, truncated } = client
  const stderr = client.stderr.slice(0, start)
  const outcome = { ...exitStatus, stdout, stderr, truncated, durationMs: Number(took) }
  return { outcome, oomKills: Number(oomKills) }
}

/** The outcome as it is when no more than `keepBytes` of each stream are kept. */
export function keep(outcome: Outcome, keepBytes: number): Outcome {
  const [stdout, stderr] = [outcome.stdout, outcome.stderr].map((text) =>
    Buffer.from(text).subarray(-keepBytes),
  )
  const cut = Buffer.byteLength(outcome.stdout) > keepBytes || Buffer.byteLength(outcome.stderr) > keepBytes
  const [out, err] = [stdout!, stderr!].map((bytes) => bytes.toString('utf8'))
  return { ...outcome, stdout: out!, stderr: err!, truncated: outcome.truncated || cut }
}

function endingFrom(how: string, what: string, program: string): ExitStatus | null {
  switch (how) {
    case 'exited':
      return { kind: 'exited', code: Number(what) }
    case 'signaled':
      return { kind: 'signaled', signal: what as NodeJS.Signals }
    case 'timed-out':
      return { kind: 'timed-out', limitMs: Number(what) }
    case 'missing':
      return { kind: 'missing', program }
    default:
      return null
  }
}
