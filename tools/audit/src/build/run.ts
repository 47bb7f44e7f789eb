import { describeEnding, endingOf, type Outcome } from '@cookbook/toolchain'
import { outputLines } from '../diagnostic/output-lines.ts'
import type { Piece } from '../snippet/piece.ts'
import type { Bench } from './package.ts'
import type { Program } from './program.ts'

/** How a section's program ended. */
export type Ran = Pick<Program, 'command' | 'others'> & {
  outcome: Outcome
  good: boolean
  /** Whether sanitizers were asked for, and it could not be built with them. */
  unwatched?: boolean
  /** Whether it ended and printed the same when it was started once more. */
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
  const again =
    outcome.kind === 'exited' && outcome.stdout !== '' && outcome.durationMs < QUICK_MS ? await start() : null
  return {
    command,
    others,
    outcome,
    good: ends(outcome),
    steady: again !== null && sameEnd(again, outcome) && again.stdout === outcome.stdout,
    ending: describeEnding(endingOf(outcome)),
    blamed: blamedBy(outcome.stderr, dir),
  }
}

/** The line at which a program says that it ended. */
export const blamedBy = (stderr: string, dir: string): Blamed | null =>
  panicked(stderr) ?? asserted(stderr, dir)

function panicked(stderr: string): Blamed | null {
  const lines = outputLines(stderr)
  for (const [at, text] of lines.entries()) {
    const from = text.lastIndexOf('panicked at ')
    const found = from < 0 ? null : /^panicked at (.+):(\d+):(\d+):$/.exec(text.slice(from))
    if (found === null) continue
    const [, path, line, column] = found
    const message = `its program panics: ${lines[at + 1] ?? ''}`
    return { path: path!, line: Number(line), column: Number(column), message }
  }
  return null
}

/** What `assert` of C says. */
function asserted(stderr: string, dir: string): Blamed | null {
  for (const text of outputLines(stderr)) {
    const said = text.indexOf(': Assertion `')
    const end = text.lastIndexOf("' failed.")
    const found = said < 0 || end < said ? null : /: ([^\s:]+):(\d+): /.exec(text.slice(0, said))
    if (found === null) continue
    const [, path, line] = found
    const message = `its program ends at \`assert(${text.slice(said + ': Assertion `'.length, end)})\``
    return { path: path!.replace(`${dir}/`, ''), line: Number(line), column: 1, message }
  }
  return null
}

const sameEnd = (a: Outcome, b: Outcome): boolean =>
  a.kind === 'exited' && b.kind === 'exited' && a.code === b.code

const ends = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0

/** A program that ends badly as the page says that it does, ends well. */
export function asExpected(ran: Ran, mains: readonly Piece[]): Ran {
  const ends = mains.map((main) => main.ends).find((end) => end !== 0)
  const { outcome } = ran
  if (ends === undefined || ran.good || outcome.kind !== 'exited') return ran
  const good = ends === 'panics' ? outcome.code === 101 || ran.blamed !== null : outcome.code === ends
  return good ? { ...ran, good, blamed: null } : ran
}
