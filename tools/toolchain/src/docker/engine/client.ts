import type { Outcome } from '../../process/command.ts'
import { type Running, runOnHost } from '../../process/host.ts'

type Options = {
  timeoutMs: number
  keepBytes?: number | undefined
  /** Keep standard input open, so that the other end can tell when the client is gone. */
  stdin?: 'ignore' | 'pipe'
  /** Called when the client has started; what it gives back, when it has ended. */
  watch?: (running: Running) => () => void
  signal?: AbortSignal | undefined
}

/** Calls the docker client with the caller's own environment: engine, context and credentials are the caller's. */
export function docker(
  args: readonly string[],
  { timeoutMs, keepBytes, stdin, watch, signal }: Options,
): Promise<Outcome> {
  const command = { program: 'docker', args, cwd: '/', timeoutMs, signal, ...(keepBytes && { keepBytes }) }
  return runOnHost(command, process.env as Record<string, string>, stdin, watch)
}

/** Whether a call of the client did what it was to do. */
export function succeeded(outcome: Outcome): boolean {
  return outcome.kind === 'exited' && outcome.code === 0
}
