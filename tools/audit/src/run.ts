import { describeEnding, endingOf, type Outcome } from '@cookbook/toolchain'
import type { Bench } from './package.ts'

/** How a section's program ended. */
export type Ran = {
  outcome: Outcome
  good: boolean
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

/** Starts a section's program as `cargo run` would, without arguments. */
export async function runProgram({ toolchain, dir }: Bench, program: string): Promise<Ran> {
  const start = () => toolchain.run({ program, args: [], cwd: dir, timeoutMs: LIMIT_MS })
  const outcome = await start()
  const found = /panicked at (.+?):(\d+):(\d+):\n([^\n]*)/.exec(outcome.stderr)
  const blamed =
    found === null
      ? null
      : {
          path: found[1]!,
          line: Number(found[2]),
          column: Number(found[3]),
          message: `its program panics: ${found[4]!}`,
        }
  const again = ends(outcome) && outcome.stdout !== '' && outcome.durationMs < QUICK_MS ? await start() : null
  return {
    outcome,
    good: ends(outcome),
    steady: again !== null && ends(again) && again.stdout === outcome.stdout,
    ending: describeEnding(endingOf(outcome)),
    blamed,
  }
}

const ends = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0
