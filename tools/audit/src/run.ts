import { describeEnding, endingOf, type Outcome } from '@cookbook/toolchain'
import type { Bench } from './package.ts'
import type { Program } from './program.ts'

/** How a section's program ended. */
export type Ran = Pick<Program, 'command' | 'others'> & {
  outcome: Outcome
  good: boolean
  /** Whether sanitizers were asked for, and it could not be built with them. */
  unwatched?: boolean
  /** Whether it ended well and printed the same when it was started once more. */
  steady: boolean
  ending: string
  /** The line that it ended at, where it says. */
  blamed: Blamed | null
}

export type Blamed = { path: string; line: number; column: number; message: string }

const LIMIT_MS = 10_000
/** What takes longer is not started once more. */
const QUICK_MS = 2_000

/** Starts a section's program as a reader would, without arguments. */
export async function runProgram({ toolchain, dir }: Bench, program: Program, traces = false): Promise<Ran> {
  const { path, command, others } = program
  const start = () => toolchain.run({ program: path, args: [], cwd: dir, timeoutMs: LIMIT_MS, traces })
  const outcome = await start()
  const again = ends(outcome) && outcome.stdout !== '' && outcome.durationMs < QUICK_MS ? await start() : null
  return {
    command,
    others,
    outcome,
    good: ends(outcome),
    steady: again !== null && ends(again) && again.stdout === outcome.stdout,
    ending: describeEnding(endingOf(outcome)),
    blamed: panicked(outcome.stderr) ?? asserted(outcome.stderr, dir),
  }
}

function panicked(stderr: string): Blamed | null {
  const found = /panicked at (.+?):(\d+):(\d+):\n([^\n]*)/.exec(stderr)
  if (found === null) return null
  const [, path, line, column, words] = found
  return {
    path: path!,
    line: Number(line),
    column: Number(column),
    message: `its program panics: ${words}`,
  }
}

/** What `assert` of C says. */
function asserted(stderr: string, dir: string): Blamed | null {
  const found = /^[^\n]*?: ([^\s:]+):(\d+): [^\n]*: Assertion `([^\n]*)' failed\.$/m.exec(stderr)
  if (found === null) return null
  const [, path, line, words] = found
  const message = `its program ends at \`assert(${words})\``
  return { path: path!.replace(`${dir}/`, ''), line: Number(line), column: 1, message }
}

const ends = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0
