import { readFile } from 'node:fs/promises'
import type { Artifact } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate } from '@cookbook/guide'
import { exitStatusOf } from '@cookbook/toolchain'
import type { Build } from '../context/built.ts'
import { lastLines, manifestOf, unexpectedExit } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import { UNWRAPPED } from '../context/wrap.ts'
import { codeOf } from '../source/code-text.ts'
import { ownArtifacts } from './build.ts'
import { runWitnessed } from './witness.ts'

/** A test program and the tests in it, or why it cannot name them. */
export type Tests = { artifact: Artifact; names: readonly string[]; findings: readonly Finding[] }

const LIST_LIMIT_MS = 20_000

/** What each test program of a build says that it holds, by the file of the package that it was built from. */
export async function testsOf(verification: Verification, build: Build): Promise<Map<string, Tests>> {
  // cargo names them in the order in which they were built, which is another each time.
  const programs = ownArtifacts(verification, build)
    .filter(({ test, executable }) => test && executable !== null)
    .sort((a, b) => (a.source < b.source ? -1 : 1))
  const listed = programs.map(
    async (artifact) => [sourceOf(verification, artifact), await list(verification, artifact)] as const,
  )
  return new Map(await Promise.all(listed))
}

/** The test files that the runner leaves out, so that nobody would notice when they fail. */
export function testsNotRun(
  { pkg, recorder: { recorded } }: Verification,
  tests: ReadonlyMap<string, Tests>,
): Finding[] {
  const left = [...tests].filter(
    ([file, { artifact, names, findings }]) =>
      isTestFile(artifact) &&
      !recorded.attempted.has(file) &&
      // A benchmark with a main of its own ran to its end when it was asked for its tests.
      !(artifact.kinds.includes('bench') && names.length === 0 && findings.length === 0),
  )
  return left.map(([file, { names, findings }]) =>
    errorAt(
      'unproved',
      locate(pkg, file, 1, 1),
      `the runner does not run ${file}, which holds ${names.join(', ') || 'no test that libtest knows'}`,
      `add it to verify.test.ts: proves('${file}')`,
      findings.map(({ message }) => message),
    ),
  )
}

/** Whether it holds nothing but tests; others hold those of the code beside them. */
export const isTestFile = ({ kinds }: Artifact): boolean => kinds.includes('test') || kinds.includes('bench')

/** The file that a target was built from, within the package. */
export function sourceOf({ dir }: Verification, artifact: Artifact): string {
  return artifact.source.slice(dir.length + 1)
}

/** Whether another `main` than libtest's begins it. */
async function hasOwnMain({ name, kinds, source, manifest }: Artifact): Promise<boolean> {
  const [code, tables] = await Promise.all([source, manifest].map((path) => readFile(path, 'utf8')))
  const named = new RegExp(`^name\\s*=\\s*["']${name}["']`, 'm')
  const isOf = (table: string) => (/^lib\]/.test(table) ? kinds.includes('lib') : named.test(table))
  return (
    /#\s*!\s*\[[^\]]*\bno_main\b/.test(codeOf(code!, 'rust')) ||
    tables!.split(/^\s*\[+/m).some((table) => /^harness\s*=\s*false/m.test(table) && isOf(table))
  )
}

async function list(verification: Verification, artifact: Artifact): Promise<Tests> {
  const args = ['--list', '--format', 'terse']
  const seen = await runWitnessed(verification, artifact.executable!, args, UNWRAPPED, LIST_LIMIT_MS)
  const { outcome } = seen
  if (seen.returned) {
    // With a main of its own it can name any test, and say of each that it passed.
    if (await hasOwnMain(artifact)) return { artifact, names: [], findings: [] }
    const names = outcome.stdout.split('\n').flatMap((line) => /^(.+): test$/.exec(line)?.[1] ?? [])
    return { artifact, names, findings: [] }
  }
  const file = sourceOf(verification, artifact)
  const finding: Finding = errorAt(
    'test-failed',
    locate(verification.pkg, file, 1, 1),
    unexpectedExit(`${file} --list`, exitStatusOf(outcome), 'the names of its tests'),
    `see it alone: cargo test ${manifestOf(verification.pkg, file)} --test ${artifact.name} -- --list`,
    lastLines(outcome.stderr),
  )
  return { artifact, names: [], findings: [finding] }
}
