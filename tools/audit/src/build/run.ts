import { outputLines, panicsIn } from '@cookbook/diagnostics'
import { describeExit, exitStatusOf, type Outcome } from '@cookbook/toolchain'
import type { End } from '../snippet/expectation/end.ts'
import type { Snippet } from '../snippet/snippet.ts'
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
    ending: describeExit(exitStatusOf(outcome)),
    blamed: blamedBy(outcome.stderr, dir),
  }
}

/** The line at which a program says that it ended. */
export const blamedBy = (stderr: string, dir: string): Blamed | null =>
  panicked(stderr) ?? asserted(stderr, dir)

function panicked(stderr: string): Blamed | null {
  const [first] = panicsIn(stderr)
  return first === undefined ? null : { ...first.location, message: `its program panics: ${first.message}` }
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
export function asExpected(ran: Ran, mains: readonly Snippet[]): Ran {
  const end = mains.map(({ end }) => end).find(({ how }) => how !== 0)
  if (end === undefined || ran.good || !endsAs(end, ran)) return ran
  return { ...ran, good: true, blamed: null }
}

function endsAs({ how, message }: End, { outcome, blamed }: Ran): boolean {
  if (how === 'is aborted') return outcome.kind === 'signaled'
  if (outcome.kind !== 'exited' || !outcome.stderr.includes(message ?? '')) return false
  return how === 'panics' ? outcome.code === 101 || blamed !== null : outcome.code === how
}
