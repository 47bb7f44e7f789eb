/** How a command is expected to end. */
export type Expectation = { code: number } | { signal: NodeJS.Signals }

/** A command is data; its arguments are never joined into a shell string by us. */
export type Command = {
  program: string
  args: readonly string[]
  /** Absolute folder. */
  cwd: string
  /** Added to the toolchain's own environment. */
  env?: Readonly<Record<string, string>>
  /** Milliseconds after which the whole process group is ended. */
  timeoutMs: number
  /** Bytes kept of each stream, from its end. At 64 times as many bytes written the command is ended. */
  keepBytes?: number
  /** Default: exit code 0. */
  expect?: Expectation
  /** The program needs the network. Only fetching does. */
  network?: boolean
  /** The program stops its own threads and looks into them, as LeakSanitizer does. */
  traces?: boolean
  /** Folders that it may read beside its own, in a sandbox. */
  reads?: readonly string[]
  /** When it is aborted, the whole process group is ended. */
  signal?: AbortSignal | undefined
}

/** How a command ended. `stdout` and `stderr` hold the last `keepBytes` of each stream. */
export type Outcome = {
  stdout: string
  stderr: string
  /** Whether the beginning of a stream was dropped to stay within `keepBytes`. */
  truncated: boolean
  /** Set where `stdout` is not what was printed, because that is no UTF-8. */
  lossy?: true
  durationMs: number
} & ExitStatus

export type ExitStatus =
  | { kind: 'exited'; code: number }
  | { kind: 'signaled'; signal: NodeJS.Signals }
  | { kind: 'timed-out'; limitMs: number }
  | { kind: 'output-limit'; limitBytes: number }
  | { kind: 'missing'; program: string }
  /** The container that it ran in went away while it ran. */
  | { kind: 'lost'; container: string }
  /** A sandbox ended it or took away what it left, and says why: `it used more than 4 GiB of memory`. */
  | { kind: 'sandbox-limit'; reason: string }

/** Whether a command ended as it was expected to. */
export function succeeded(outcome: Outcome, { expect = { code: 0 } }: Pick<Command, 'expect'>): boolean {
  if ('code' in expect) return outcome.kind === 'exited' && outcome.code === expect.code
  return outcome.kind === 'signaled' && outcome.signal === expect.signal
}

/** How a command ended, for people, behind the command's name: `was ended by SIGABRT`. */
export function describeExit(exitStatus: ExitStatus): string {
  switch (exitStatus.kind) {
    case 'exited':
      return `ended with exit code ${exitStatus.code}`
    case 'signaled':
      return `was ended by ${exitStatus.signal}`
    case 'timed-out':
      return `did not end within ${exitStatus.limitMs / 1000} s`
    case 'output-limit':
      return `printed more than ${exitStatus.limitBytes / 1024 / 1024} MiB`
    case 'missing':
      return `could not start, because ${exitStatus.program} was not found`
    case 'lost':
      return `did not come to its end: the container ${exitStatus.container} was lost`
    case 'sandbox-limit':
      return `was stopped by the sandbox: ${exitStatus.reason}`
  }
}

/** The ending alone, without what was printed. */
export function exitStatusOf(outcome: Outcome): ExitStatus {
  switch (outcome.kind) {
    case 'exited':
      return { kind: outcome.kind, code: outcome.code }
    case 'signaled':
      return { kind: outcome.kind, signal: outcome.signal }
    case 'timed-out':
      return { kind: outcome.kind, limitMs: outcome.limitMs }
    case 'output-limit':
      return { kind: outcome.kind, limitBytes: outcome.limitBytes }
    case 'missing':
      return { kind: outcome.kind, program: outcome.program }
    case 'lost':
      return { kind: outcome.kind, container: outcome.container }
    case 'sandbox-limit':
      return { kind: outcome.kind, reason: outcome.reason }
  }
}
