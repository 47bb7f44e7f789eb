import { describeEnding, endingOf, type Outcome } from '@cookbook/toolchain'
import type { Bench } from './package.ts'

/** How a section's program ended. */
export type Ran = {
  outcome: Outcome
  good: boolean
  ending: string
  panic: { path: string; line: number; column: number; message: string } | null
}

const LIMIT_MS = 10_000

/** Starts a section's program as `cargo run` would, without arguments. */
export async function runProgram({ toolchain, dir }: Bench, program: string): Promise<Ran> {
  const outcome = await toolchain.run({ program, args: [], cwd: dir, timeoutMs: LIMIT_MS })
  const found = /panicked at (.+?):(\d+):(\d+):\n([^\n]*)/.exec(outcome.stderr)
  const panic =
    found === null
      ? null
      : { path: found[1]!, line: Number(found[2]), column: Number(found[3]), message: found[4]! }
  return {
    outcome,
    good: outcome.kind === 'exited' && outcome.code === 0,
    ending: describeEnding(endingOf(outcome)),
    panic,
  }
}
