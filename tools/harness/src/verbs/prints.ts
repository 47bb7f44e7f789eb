import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { firstDifference, isWithin, panicsIn, withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate, type PatternPackage } from '@cookbook/guide'
import { type Command, exitStatusOf, type Outcome, succeeded } from '@cookbook/toolchain'
import { type Program, programNamed } from '../build/programs.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, MORE_TIME, manifestOf, unexpectedExit } from '../context/messages.ts'
import { runnerFinding } from '../context/runner-location.ts'
import { run, type Verification } from '../context/verification.ts'
import type { ProgramOptions } from './verbs.ts'

const PROGRAM_LIMIT_MS = 60_000

/** Runs a program of the pattern and compares what it prints with a file, byte for byte. */
export async function prints(
  verification: Verification,
  programs: readonly Program[],
  name: string,
  expected: string,
  options: ProgramOptions,
): Promise<Checked> {
  const { dir, pkg, wrap } = verification
  const found = await programNamed(verification, programs, name, name)
  if (!('program' in found)) return found
  const { program } = found
  const timeoutMs = options.timeoutMs ?? PROGRAM_LIMIT_MS
  const [first, ...args] = [...wrap.program, program.path]
  const command: Command = {
    program: first!,
    args,
    cwd: dir,
    env: wrap.env,
    timeoutMs: timeoutMs * wrap.slowdown,
  }
  const outcome = await run(verification, command)
  if (!succeeded(outcome, command)) return { findings: [await wrongExit(verification, program, outcome)] }
  const held = await readFile(join(dir, expected)).catch(() => null)
  if (held === null) {
    const message = `${expected} does not exist, expected a file with what ${program.name} prints`
    const fix = `write it: ${runs(pkg, program)} > ${pkg.chapter.file.replace(/[^/]+$/, expected)}`
    return { findings: [await runnerFinding(verification, expected, 'file-not-found', message, fix)] }
  }
  const wanted = held.toString()
  const incomparable = outcome.truncated
    ? `${program.name} prints more than is kept of it`
    : outcome.lossy
      ? `${program.name} prints bytes that are not UTF-8`
      : isUtf8(held)
        ? null
        : `${expected} holds bytes that are not UTF-8`
  if (incomparable !== null) {
    const message = `${incomparable}, so that the two cannot be compared`
    const finding = {
      code: 'wrong-output',
      severity: 'error',
      ...locate(pkg, expected, 1, 1),
      message,
    } as const
    return { findings: [{ ...finding, detail: [], fix: 'print a text in UTF-8 of at most 256 KiB' }] }
  }
  if (wanted === outcome.stdout) return { findings: [], exercised: [expected] }
  const { line, column, detail } = firstDifference(wanted, outcome.stdout)
  const file = pkg.chapter.file.replace(/[^/]+$/, expected)
  return {
    findings: [
      errorAt(
        'wrong-output',
        locate(pkg, expected, line, column),
        `${program.name} does not print ${expected}`,
        `fix the program; or, when its new output is right: ${runs(pkg, program)} > ${file} && npm run sync`,
        detail,
      ),
    ],
  }
}

/** Runs a program that nothing is compared with: it has to end with exit code 0. */
export async function endsWell(verification: Verification, program: Program): Promise<Finding[]> {
  const { dir, wrap } = verification
  const [first, ...args] = [...wrap.program, program.path]
  const timeoutMs = PROGRAM_LIMIT_MS * wrap.slowdown
  const command: Command = { program: first!, args, cwd: dir, env: wrap.env, timeoutMs }
  const outcome = await run(verification, command)
  return succeeded(outcome, command) ? [] : [await wrongExit(verification, program, outcome)]
}

async function wrongExit(
  { pkg, root, dir }: Verification,
  program: Program,
  outcome: Outcome,
): Promise<Finding> {
  const panic = panicsIn(outcome.stderr).find(({ location }) => isWithin(pkg, root, location.path))
  const place = panic
    ? locate(pkg, withinPackage(pkg, root, panic.location.path), panic.location.line, panic.location.column)
    : locate(pkg, program.source, await mainOf(join(dir, program.source)), 1)
  const stopped = outcome.kind === 'timed-out' || outcome.kind === 'output-limit'
  return errorAt(
    stopped ? outcome.kind : 'wrong-exit',
    place,
    unexpectedExit(program.name, exitStatusOf(outcome), 'exit code 0'),
    `fix the program; see it alone: ${runs(pkg, program)}${outcome.kind === 'timed-out' ? MORE_TIME : ''}`,
    [...lastLines(outcome.stdout), ...lastLines(outcome.stderr)],
  )
}

/** How a person runs the program. */
function runs(pkg: PatternPackage, { name, path, source }: Program): string {
  if (source === 'CMakeLists.txt') return path
  return `cargo run --quiet ${manifestOf(pkg, source)} ${source.startsWith('examples/') ? '--example' : '--bin'} ${name}`
}

/** The line of a program's `main`, in Rust or C++. */
async function mainOf(path: string): Promise<number> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  return lines.findIndex((line) => /\b(?:fn|int|auto) main\b/.test(line)) + 1 || 1
}
