import { outputLines, panicsIn } from '@cookbook/diagnostics'
import type { Outcome } from '@cookbook/toolchain'
import { describeExit, exitStatusOf } from '@cookbook/toolchain'
import { panickingTest } from '../project/wrap.ts'
import { once } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Bench } from './package.ts'
import type { TestProgram } from './program-of.ts'
import type { Blamed } from './run.ts'

/** No more than a few attributes stand at one function. */
const TEST =
  /#\s?\[\s?(?:\w+::){0,3}test\b[^\]\n]{0,300}\]\s{0,300}(?:#\s?\[[^\]\n]{0,300}\]\s{0,300}){0,10}(?:(?:pub|async|unsafe)\s+)*fn\s+(\w+)/g

/** The names of the functions that `cargo test` calls. */
export const tests = once((snippet): readonly string[] =>
  snippet.language === 'rust'
    ? [
        ...[...snippet.outline.code.matchAll(TEST)].map(([, name]) => name!),
        panickingTest(snippet) ?? [],
      ].flat()
    : [],
)

/** How a program ended that holds tests of a section. */
export type TestRun = {
  outcome: Outcome
  good: boolean
  ending: string
  passed: ReadonlySet<string>
  failed: readonly FailedTest[]
}

/** A test that failed, by the name of its function, and the line that says so where there is one. */
export type FailedTest = {
  name: string
  message: string
  /** Whether it was to panic, and did not. */
  endedWell: boolean
  blamed: Blamed | null
  detail: readonly string[]
}

/** Of all tests of one program together. */
const LIMIT_MS = 10_000
const KEEP_BYTES = 1024 * 1024
/** More than a page shows files with tests. */
const PROGRAMS = 50
/** More failures than a reader looks at. */
const FAILURES = 100

/** Starts the programs that hold shown tests, as `cargo test` would, without the tests that are not to be run. */
export async function runTests(
  { toolchain, dir }: Bench,
  programs: readonly TestProgram[],
  snippets: readonly Snippet[],
): Promise<TestRun[]> {
  // The tests of a package are no concern of its documentation's.
  const isLeftOut = ({ noRun, role }: Snippet) => noRun || role === 'library'
  if (!snippets.some((snippet) => !isLeftOut(snippet) && tests(snippet).length > 0)) return []
  const args = snippets
    .filter(isLeftOut)
    .flatMap((snippet) => tests(snippet).flatMap((name) => ['--skip', name]))
  const runs: TestRun[] = []
  // What a compiler ran may have written of others.
  for (const { path, folder } of programs.slice(0, PROGRAMS)) {
    const cwd = folder.startsWith(`${dir}/`) ? folder : dir
    const env = { CARGO_MANIFEST_DIR: cwd }
    const what = { program: path, args, cwd, env, timeoutMs: LIMIT_MS, keepBytes: KEEP_BYTES }
    const run = testRun(await toolchain.run(what))
    runs.push(run)
    // What had to be stopped once is not started again and again.
    if (run.outcome.kind !== 'exited') break
  }
  return runs
}

export function testRun(outcome: Outcome): TestRun {
  const lines = outputLines(outcome.stdout)
  const results = lines.flatMap((line) => {
    const found = RESULT.exec(line)
    return found === null ? [] : [{ name: lastName(found[1]!), end: found[2]! }]
  })
  return {
    outcome,
    good: outcome.kind === 'exited' && outcome.code === 0,
    ending: describeExit(exitStatusOf(outcome)),
    passed: new Set(results.flatMap(({ name, end }) => (end === 'ok' ? [name] : []))),
    failed: failuresIn(lines),
  }
}

const RESULT = /^test ([\w:]+)(?: - should panic)? \.\.\. (ok|FAILED)$/
const lastName = (path: string): string => path.slice(path.lastIndexOf(':') + 1)

/** What the harness prints of each test that failed, below a line with its name. */
function failuresIn(lines: readonly string[]): FailedTest[] {
  const heads = lines.flatMap((line, row) => {
    const path = /^---- ([\w:]+) stdout ----$/.exec(line)?.[1]
    return path === undefined ? [] : [{ name: lastName(path), row }]
  })
  return heads.slice(0, FAILURES).map(({ name, row }, at) => {
    const end = heads[at + 1]?.row ?? lines.indexOf('failures:', row)
    const said = lines.slice(row + 1, end < 0 ? undefined : end).filter((line) => line !== '')
    const text = said.join('\n')
    const [panic] = panicsIn(text)
    const unpanicked = said.find((line) => line.startsWith('note: test did not panic as expected'))
    const place = /^note: test did not panic as expected at (\S+):(\d+):(\d+)$/.exec(unpanicked ?? '')
    const error = said.find((line) => /^Error: ./.test(line))
    const message =
      unpanicked !== undefined
        ? `its test \`${name}\` does not panic, and it says that it does`
        : panic !== undefined
          ? `its test \`${name}\` panics: ${panic.message}`
          : `its test \`${name}\` fails${error === undefined ? '' : `: ${error}`}`
    const location =
      place !== null
        ? { path: place[1]!, line: Number(place[2]), column: Number(place[3]) }
        : (panic?.location ?? null)
    return {
      name,
      message,
      endedWell: unpanicked !== undefined,
      blamed: location === null ? null : { ...location, message },
      detail: said,
    }
  })
}
