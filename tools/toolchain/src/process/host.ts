import { $ } from 'zx/core'
import type { Command, ExitStatus, Outcome } from './command.ts'
import { tail } from './tail.ts'
import { which } from './which.ts'

const KEEP_BYTES = 256 * 1024
const FLOOD_FACTOR = 64
/** After its group was ended, how long a process may keep its pipes open (a child that left the group). */
const GRACE_MS = 2_000

/** A command that runs. `end` kills its group, and its outcome says then that it ended so. */
export type Running = { pid: number; end(exitStatus: ExitStatus): void }

/**
 * Runs a command on this machine in a process group of its own. When the command ends, floods or reaches
 * its time limit, whatever is left of the group is killed. When this process dies, so does the command.
 * Standard input is empty, or with `pipe` stays open without a word until the command ends. `watch` is called when
 * it has started, and what it gives back when it has ended.
 */
export async function runOnHost(
  command: Command,
  env: Readonly<Record<string, string>>,
  stdin: 'ignore' | 'pipe' = 'ignore',
  watch: (running: Running) => () => void = () => () => {},
): Promise<Outcome> {
  // Without a level, bash takes a socket on its standard input for a remote login and runs the caller's ~/.bashrc.
  const environment: Record<string, string> = { ...env, ...command.env, SHLVL: '1' }
  if (which(command.program, environment.PATH ?? '', command.cwd) === null) return missing(command.program)
  const keepBytes = command.keepBytes ?? KEEP_BYTES
  const limitBytes = keepBytes * FLOOD_FACTOR
  const [stdout, stderr, both] = [tail(keepBytes), tail(keepBytes), tail(0)]
  let ended: ExitStatus | undefined

  // `exec` makes the program itself the leader of the group, and pdeathsig ties its life to ours.
  const child = $({
    cwd: command.cwd,
    env: environment,
    detached: true,
    nothrow: true,
    quiet: true,
    verbose: false,
    prefix: 'exec setpriv --pdeathsig KILL -- ',
    stdio: [stdin, 'pipe', 'pipe'],
    store: { stdout, stderr, stdall: both } as never,
  })`${command.program} ${command.args}`
  const started = performance.now()
  const endGroup = () => killGroup(child.pid)
  const end = (exitStatus: ExitStatus) => {
    ended ??= exitStatus
    endGroup()
  }
  const timer = setTimeout(() => end({ kind: 'timed-out', limitMs: command.timeoutMs }), command.timeoutMs)
  const abort = () => end({ kind: 'signaled', signal: 'SIGKILL' })
  command.signal?.addEventListener('abort', abort, { once: true })
  if (command.signal?.aborted) abort()
  const watchFlood = () => {
    if (stdout.written() + stderr.written() > limitBytes) end({ kind: 'output-limit', limitBytes })
  }
  child.stdout.on('data', watchFlood)
  child.stderr.on('data', watchFlood)
  const unwatch = child.pid === undefined ? () => {} : watch({ pid: child.pid, end })

  const exitStatus = await new Promise<ExitStatus>((resolve) => {
    const give = (code: number | null, signal: NodeJS.Signals | null) =>
      resolve(
        ended ?? (signal === null ? { kind: 'exited', code: code ?? -1 } : { kind: 'signaled', signal }),
      )
    child.child?.once('exit', (code, signal) => {
      endGroup()
      setTimeout(() => give(code, signal), GRACE_MS).unref()
    })
    child.child?.once('close', give)
    child.child?.once('error', () => resolve({ kind: 'missing', program: command.program }))
  })
  clearTimeout(timer)
  command.signal?.removeEventListener('abort', abort)
  unwatch()
  child.stdout.destroy()
  child.stderr.destroy()
  return {
    ...exitStatus,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated() || stderr.truncated(),
    ...(stdout.isText() ? {} : { lossy: true as const }),
    durationMs: performance.now() - started,
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function missing(program: string): Outcome {
  return { kind: 'missing', program, stdout: '', stderr: '', truncated: false, durationMs: 0 }
}
