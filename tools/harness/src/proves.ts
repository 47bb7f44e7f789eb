import { readFile } from 'node:fs/promises'
import { type Finding, locate, type Place } from '@cookbook/guide'
import { type Command, ended, endingOf, type Outcome } from '@cookbook/toolchain'
import type { Artifact } from './cargo-messages.ts'
import type { Checked } from './checks.ts'
import { FAULTS_LIBRARY } from './faults.ts'
import { memoryFinding } from './memory-finding.ts'
import { panicsIn } from './panic.ts'
import { isWithin, withinPackage } from './places.ts'
import { sourceOf } from './test-programs.ts'
import { run, type Verification } from './verification.ts'
import { endedBadly, lastLines, MORE_TIME, manifestOf } from './words.ts'
import type { Wrap } from './wrap.ts'

export type TestOptions = {
  /** Milliseconds for one test; 30 s by default. */
  timeoutMs?: number
}

/** Milliseconds that a test may take, under a wrap that makes it slower. */
export function limitOf({ timeoutMs }: TestOptions, { slowdown }: Wrap): number {
  return (timeoutMs ?? TEST_LIMIT_MS) * slowdown
}

const TEST_LIMIT_MS = 30_000
/** What the test program itself prints around a test. */
const LIBTEST = /^(?:running \d+ tests?|test .+ \.\.\. .*|failures:|test result: .*|\s*)$/

/** Runs one Rust test in a process of its own: how it ended, and what that means when it is not well. */
export async function runTest(
  verification: Verification,
  artifact: Artifact,
  name: string,
  options: TestOptions,
  wrap: Wrap = verification.wrap,
): Promise<Checked & { outcome: Outcome }> {
  const [program, ...args] = [...wrap.program, artifact.executable!, '--exact', name, '--nocapture']
  const command: Command = {
    program: program!,
    args,
    cwd: verification.dir,
    env: wrap.env,
    timeoutMs: limitOf(options, wrap),
  }
  const outcome = await run(verification, command)
  const well = ended(outcome, command)
  if (well && /^test result: ok\. 1 passed/m.test(outcome.stdout)) return { findings: [], outcome }

  const file = sourceOf(verification, artifact)
  const { cell } = verification
  const { place, what } = await failureOf(verification, file, name, outcome)
  const stopped = outcome.kind === 'timed-out' || outcome.kind === 'flooded'
  const faults = wrap.env[FAULTS_LIBRARY]
  const preloads = faults === undefined ? '' : `${FAULTS_LIBRARY}=${faults} `
  const alone = `${preloads}cargo test ${manifestOf(verification.pkg)} --test ${artifact.name} -- --exact ${name}`
  const finding: Finding = {
    code: stopped ? outcome.kind : 'test-failed',
    severity: 'error',
    ...place,
    message: well ? `${name} is ignored, so it proves nothing` : what,
    detail: [...ownLines(outcome.stdout, name), ...lastLines(outcome.stderr)],
    remedy: well
      ? 'take #[ignore] away, or the test'
      : `see it alone: ${alone}${outcome.kind === 'timed-out' ? MORE_TIME : ''}`,
  }
  const told = cell === null || cell.watch === 'plain'
  return {
    findings: [told ? finding : memoryFinding(verification, cell.watch, name, outcome, finding)],
    outcome,
  }
}

/** Where a test panicked within the package, else where it begins; and how it failed. */
async function failureOf(
  { root, dir, pkg }: Verification,
  file: string,
  name: string,
  outcome: Outcome,
): Promise<{ place: Place; what: string }> {
  const panic = panicsIn(outcome.stderr).find(({ path }) => isWithin(pkg, root, path))
  if (panic && outcome.kind === 'exited') {
    const path = withinPackage(pkg, root, panic.path)
    const what = `${name} panicked: ${panic.message[0] ?? 'without a message'}`
    return { place: locate(pkg, path, panic.line, panic.column), what }
  }
  const lines = (await readFile(`${dir}/${file}`, 'utf8')).split('\n')
  const begins = new RegExp(`\\bfn ${name.split('::').at(-1)!}\\b`)
  const line = lines.findIndex((text) => begins.test(text)) + 1 || 1
  return { place: locate(pkg, file, line, 1), what: endedBadly(name, endingOf(outcome), 'a passing test') }
}

/** The last lines of what the test itself printed. */
function ownLines(stdout: string, name: string): string[] {
  return lastLines(stdout).filter((line) => !LIBTEST.test(line) && line.trim() !== name)
}
