import { realpath } from 'node:fs/promises'
import type { Command, Outcome } from '../../process/command.ts'
import { docker } from './client.ts'
import { keep, newReceipt, RECEIPT_BYTES, redeem } from './receipt.ts'

/** A command's outcome, or what the docker client said when the command's end was never told. */
export type Executed = { kind: 'finished'; outcome: Outcome } | { kind: 'lost'; said: string }

/** What the supervisor gives a command to end in, and the engine to tell of it, beyond the command's limit. */
const MARGIN_MS = 15_000

/**
 * Runs a command in a running container through docker/supervise.cc, which holds the time limit and kills
 * all that the command started, also when this process dies and its docker client with it.
 */
export async function execute(
  container: string,
  command: Command,
  env: Readonly<Record<string, string>>,
): Promise<Executed> {
  const receipt = newReceipt()
  const { program, args, timeoutMs, keepBytes, signal } = command
  const variables = Object.entries({ ...env, ...command.env }).flatMap(([name, value]) => [
    '-e',
    `${name}=${value}`,
  ])
  // The checkout is mounted under its real path.
  const folder = await realpath(command.cwd).catch(() => command.cwd)
  const supervised = ['supervise', String(timeoutMs), receipt, folder, program, ...args]
  const client = await docker(['exec', '-i', ...variables, container, ...supervised], {
    timeoutMs: timeoutMs + MARGIN_MS,
    keepBytes: keepBytes === undefined ? undefined : keepBytes + RECEIPT_BYTES,
    stdin: 'pipe',
    signal,
  })
  if (client.kind === 'output-limit') return { kind: 'finished', outcome: client }
  const redeemed = redeem(receipt, client, program)
  if (redeemed === null) return { kind: 'lost', said: lastWords(client) }
  const { outcome } = redeemed
  return { kind: 'finished', outcome: keepBytes === undefined ? outcome : keep(outcome, keepBytes) }
}

/** Why a client failed, in its own words. */
export function lastWords(client: Outcome): string {
  if (client.kind === 'missing') return 'the docker client was not found'
  if (client.kind === 'timed-out') return `the engine did not answer within ${client.limitMs / 1000} s`
  return client.stderr.trim().split('\n').at(-1) || 'the docker client said nothing'
}
