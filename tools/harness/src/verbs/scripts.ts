import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isWithin, withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate, type SourceLocation } from '@cookbook/guide'
import { type Command, exitStatusOf, succeeded } from '@cookbook/toolchain'
import type { Program } from '../build/programs.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, MORE_TIME, NO_MEMORY_TOOL, NOT_BUILT, unexpectedExit } from '../context/messages.ts'
import { run, type Verification } from '../context/verification.ts'
import { closing, withoutComments } from '../source/code-text.ts'
import type { TestOptions } from './verbs.ts'

const TEST_LIMIT_MS = 30_000

/** The names of the tests of a script, as it stands in `dir`: `test('name', ...)` at the beginning of a line. */
export function testsOfScript(dir: string, file: string): string[] {
  let text: string
  try {
    text = readFileSync(join(dir, file), 'utf8')
  } catch {
    return []
  }
  return [...text.matchAll(/^test\('(\w+)'/gm)].map(([, name]) => name!)
}

/**
 * Runs one test of a node:test script inside the toolchain, in a process of its own. The script finds the pattern's
 * programs in `PROGRAMS`, as JSON: absolute paths by name. A test that skips itself says why.
 */
export async function runScript(
  verification: Verification,
  programs: readonly Program[],
  file: string,
  name: string,
  options: TestOptions,
): Promise<Checked> {
  const { root, dir, pkg, built, wrap } = verification
  if (!built) return { skipped: NOT_BUILT }
  // A script starts the programs itself.
  if (wrap.program.length > 0) return { skipped: NO_MEMORY_TOOL }
  const command: Command = {
    // The pinned one lies within the checkout, so a container has it as well.
    program: join(root, 'node_modules/.bin/node'),
    // The reporter is in another process than the script, whose own lines it shows as comments.
    args: ['--test', '--test-reporter=tap', `--test-name-pattern=^${name}$`, file],
    cwd: dir,
    env: {
      ...wrap.env,
      PROGRAMS: JSON.stringify(Object.fromEntries(programs.map(({ name, path }) => [name, path]))),
    },
    timeoutMs: (options.timeoutMs ?? TEST_LIMIT_MS) * wrap.slowdown,
  }
  const idle = scriptAssertsNothing(verification, file, name)
  const outcome = await run(verification, command)
  const [, result, skip] =
    new RegExp(`^(ok|not ok) \\d+ - ${name}(?: # SKIP (.*))?$`, 'm').exec(outcome.stdout) ?? []
  if (succeeded(outcome, command) && result === 'ok')
    return skip === undefined ? { findings: idle === null ? [] : [idle] } : { skipped: skip }

  const stopped = outcome.kind === 'timed-out' || outcome.kind === 'output-limit'
  const wrong = /^ {2}error: (?:\|-\n {4})?(.*)$/m.exec(outcome.stdout)?.[1]
  const finding: Finding = errorAt(
    stopped ? outcome.kind : 'test-failed',
    locationOf(verification, file, name, outcome.stdout),
    result === 'not ok' && !stopped
      ? `${name} failed: ${wrong}`
      : unexpectedExit(name, exitStatusOf(outcome), 'a passing test'),
    `see it with its output: npm run verify -- --filter=${pkg.slug}${outcome.kind === 'timed-out' ? MORE_TIME : ''}`,
    [...lastLines(failureIn(outcome.stdout)), ...lastLines(outcome.stderr)],
  )
  return { findings: [finding] }
}

/** Says that a test of a script can not fail by what it sees: it asserts and throws nothing, and calls nothing that may. */
function scriptAssertsNothing({ dir, pkg }: Verification, file: string, name: string): Finding | null {
  const code = withoutComments(readFileSync(join(dir, file), 'utf8'), 'cpp')
  const index = code.search(new RegExp(`^test\\('${name}'`, 'm'))
  const body = code.slice(index, closing(code, index + 'test'.length)).slice(`test('${name}'`.length)
  if (/\bassert\b|\bthrow\b|\b(?!async\b)\w+\s*\(\s*[^)\s]/.test(body)) return null
  const lines = code.slice(0, index).split('\n').length
  return errorAt(
    'no-assertion',
    locate(pkg, file, lines, 1),
    `${name} asserts nothing, so it passes whatever the pattern does`,
    'assert what the claim says: assert.equal(found, expected)',
  )
}

/** Where the script's own line threw, else where the test begins. */
function locationOf(
  { root, dir, pkg }: Verification,
  file: string,
  name: string,
  tap: string,
): SourceLocation {
  for (const [, path, line, column] of tap.matchAll(/file:\/\/(\/[^\s)]+):(\d+):(\d+)/g)) {
    const real = decodeURI(path!)
    if (isWithin(pkg, root, real))
      return locate(pkg, withinPackage(pkg, root, real), Number(line), Number(column))
  }
  const lines = readFileSync(join(dir, file), 'utf8').split('\n')
  return locate(pkg, file, lines.findIndex((line) => line.startsWith(`test('${name}'`)) + 1 || 1, 1)
}

/** What node says of the failure, without its counts at the end. */
function failureIn(tap: string): string {
  return (
    /^ {2}error: [\s\S]*?(?=^ {2}stack:|^ {2}\.\.\.)/m.exec(tap)?.[0] ??
    tap.replace(/^ *duration_ms: .*\n/gm, '')
  ).replace(/^ {2}/gm, '')
}
