import { readFile } from 'node:fs/promises'
import type { Artifact } from '@cookbook/diagnostics'
import { isWithin, panicsIn, withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate, type SourceLocation } from '@cookbook/guide'
import { exitStatusOf, type Outcome, succeeded } from '@cookbook/toolchain'
import { sourceOf } from '../build/test-programs.ts'
import { runWitnessed } from '../build/witness.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, MORE_TIME, manifestOf, unexpectedExit } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import type { Wrap } from '../context/wrap.ts'
import { FAULTS_LIBRARY } from '../faults/faults.ts'
import { assertsNothing } from './assertions.ts'
import { memoryFinding } from './memory-finding.ts'
import type { TestOptions } from './verbs.ts'

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
  const idle = assertsNothing(verification, sourceOf(verification, artifact), name)
  const args = ['--exact', name, '--nocapture']
  const limitMs = limitOf(options, wrap)
  const seen = await runWitnessed(verification, artifact.executable!, args, wrap, limitMs)
  const { outcome } = seen
  if (seen.returned && seen.results.get(name) === 'ok')
    return { findings: idle === null ? [] : [idle], outcome }

  const file = sourceOf(verification, artifact)
  const { cell } = verification
  const { place, what } = await failureOf(verification, file, name, outcome)
  const stopped = outcome.kind === 'timed-out' || outcome.kind === 'output-limit'
  const faults = wrap.env[FAULTS_LIBRARY]
  const preloads = faults === undefined ? '' : `${FAULTS_LIBRARY}=${faults} `
  const alone = `${preloads}cargo test ${manifestOf(verification.pkg, file)} ${targetOf(artifact)} -- --exact ${name}`
  const result = seen.results.get(name)
  const ignored = result === 'ignored'
  const message = ignored
    ? `${name} is ignored, so it proves nothing`
    : succeeded(outcome, {}) && result !== 'failed'
      ? `${name} ended its process with exit code 0, expected a test that returns to libtest`
      : what
  const finding: Finding = errorAt(
    stopped ? outcome.kind : 'test-failed',
    place,
    message,
    ignored
      ? 'remove #[ignore], or the test'
      : `see it alone: ${alone}${outcome.kind === 'timed-out' ? MORE_TIME : ''}`,
    [...ownLines(outcome.stdout, name), ...lastLines(outcome.stderr)],
  )
  const reported = cell === null || cell.memoryTool === 'plain'
  return {
    findings: [reported ? finding : memoryFinding(verification, cell.memoryTool, name, outcome, finding)],
    outcome,
  }
}

/** How cargo is told of a target. */
function targetOf({ kinds, name }: Artifact): string {
  const kind = ['test', 'bench', 'bin', 'example'].find((each) => kinds.includes(each))
  return kind === undefined ? '--lib' : `--${kind} ${name}`
}

/** Where a test panicked within the package, else where it begins; and how it failed. */
async function failureOf(
  { root, dir, pkg }: Verification,
  file: string,
  name: string,
  outcome: Outcome,
): Promise<{ place: SourceLocation; what: string }> {
  const panic = panicsIn(outcome.stderr).find(({ location }) => isWithin(pkg, root, location.path))
  if (panic && outcome.kind === 'exited') {
    const { path, line, column } = panic.location
    return {
      place: locate(pkg, withinPackage(pkg, root, path), line, column),
      what: `${name} panicked: ${panic.message}`,
    }
  }
  const lines = (await readFile(`${dir}/${file}`, 'utf8')).split('\n')
  const begins = new RegExp(`\\bfn ${name.split('::').at(-1)!}\\b`)
  const line = lines.findIndex((text) => begins.test(text)) + 1 || 1
  return {
    place: locate(pkg, file, line, 1),
    what: unexpectedExit(name, exitStatusOf(outcome), 'a passing test'),
  }
}

/** The last lines of what the test itself printed. */
function ownLines(stdout: string, name: string): string[] {
  return lastLines(stdout).filter((line) => !LIBTEST.test(line) && line.trim() !== name)
}
