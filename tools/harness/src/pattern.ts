import { join } from 'node:path'
import { checkPackage, type Finding } from '@cookbook/guide'
import { PLAIN, place } from '@cookbook/toolchain'
import { afterAll } from 'vitest'
import { type Build, buildPattern, ownArtifacts } from './build.ts'
import { check, failure } from './checks.ts'
import { judgeClaims } from './claims.ts'
import { compiledFiles } from './compiled.ts'
import { digestOf } from './digest.ts'
import { EVIDENCE_FILE, type Evidence } from './evidence.ts'
import { judgeExamples } from './examples.ts'
import { type ProgramOptions, prints } from './prints.ts'
import { listTests, runTest, type TestOptions } from './proves.ts'
import { type Rejection, rejects } from './rejects.ts'
import { survives, type Watch } from './survives.ts'
import { begin, type Verification } from './verification.ts'

/** What a runner says of its pattern; each line is a check that a claim of the chapter can link to. */
export type Pattern = {
  /** A program or an example of the crate prints exactly what `expected` holds. */
  prints(program: string, expected: string, options?: ProgramOptions): void
  /** Each test of a Rust test file passes, in a process of its own. Claims link to `file#test`. */
  proves(file: string, options?: TestOptions): void
  /** A Rust file that uses the crate does not compile, for the reason that is promised. Claims link to `file`. */
  rejects(file: string, promised: Rejection): void
  /** All tests pass while valgrind or the sanitizers watch. Claims link to `verify.test.ts#memcheck` or `#sanitizers`. */
  survives(watch: Watch, options?: TestOptions): void
}

/** Reads and builds the pattern in `dir`, and registers the checks that every pattern has. */
export async function pattern(dir: string): Promise<Pattern> {
  const verification = await begin(dir)
  const digest = digestOf(verification.root, dir)
  const build = await buildPattern(verification, PLAIN)
  const tests = await testsOf(verification, build)
  for (const path of await compiledFiles(verification, build)) verification.exercised.add(path)

  check(verification, 'the chapter is well formed, equals its sources and can be pasted', async () => ({
    findings: checkPackage(verification.pkg),
  }))
  check(verification, 'the crate compiles without a warning', async () => ({ findings: build.findings }))
  afterAll(() => conclude(verification, build, digest))

  return {
    prints: (program, expected, options = {}) =>
      check(verification, `${program} prints ${expected}`, () =>
        prints(verification, build, program, expected, options),
      ),
    proves: (file, options = {}) => {
      const found = tests.get(file)
      if (found === undefined)
        return check(verification, file, async () =>
          build.findings.length > 0
            ? { skipped: 'the crate was not built' }
            : { findings: [noTests(verification, file)] },
        )
      for (const name of found.names)
        check(verification, `${file}#${name}`, () => runTest(verification, found.artifact, name, options))
    },
    rejects: (file, promised) =>
      check(verification, file, () => rejects(verification, build, file, promised)),
    survives: (watch, options = {}) =>
      check(verification, `verify.test.ts#${watch}`, () => survives(verification, build, watch, options)),
  }
}

async function testsOf(verification: Verification, build: Build) {
  const artifacts = ownArtifacts(verification, build).filter(
    ({ kinds, executable }) => kinds.includes('test') && executable !== null,
  )
  const listed = artifacts.map(async (artifact) => {
    const names = await listTests(verification, artifact)
    return [artifact.source.slice(verification.dir.length + 1), { artifact, names }] as const
  })
  return new Map((await Promise.all(listed)).filter(([, { names }]) => names.length > 0))
}

/** Judges claims and examples by what ran, writes the evidence, and fails when something is not proved. */
async function conclude(verification: Verification, build: Build, digest: string): Promise<void> {
  const { dir, pkg, toolchain, started } = verification
  const claims = judgeClaims(verification)
  const examples = judgeExamples(verification, build.findings.length === 0)
  const late = [...claims.findings, ...examples.findings, ...changedMeanwhile(verification, digest)]
  const findings = [...verification.findings, ...late]
  const evidence: Evidence = {
    pattern: pkg.slug,
    chapter: { file: pkg.chapter.file, title: pkg.chapter.title },
    toolchain: { kind: toolchain.kind, id: toolchain.id, tools: toolchain.tools },
    digest,
    turboHash: process.env.TURBO_HASH ?? null,
    durationMs: Math.round(performance.now() - started),
    examples: examples.examples,
    claims: claims.claims,
    checks: [...verification.checks.values()],
    commands: verification.commands,
    findings,
  }
  await place(join(dir, EVIDENCE_FILE), `${JSON.stringify(evidence, null, 1)}\n`)
  if (late.length > 0) throw failure(late)
}

function changedMeanwhile({ root, dir, pkg }: Verification, digest: string): Finding[] {
  if (digestOf(root, dir) === digest) return []
  const message = 'a file of the pattern, Cargo.toml or Cargo.lock changed while it was being verified'
  return [
    {
      code: 'changed-while-verified',
      severity: 'error',
      file: pkg.chapter.file,
      line: 1,
      column: 1,
      message,
      detail: [],
      remedy: 'npm run verify',
    },
  ]
}

function noTests({ pkg }: Verification, file: string): Finding {
  const message = `${file} holds no Rust test that cargo built, and the runner says that it proves something`
  return {
    code: 'claim-target-missing',
    severity: 'error',
    file: pkg.chapter.file,
    line: 1,
    column: 1,
    message,
    detail: [],
    remedy: 'add a #[test] to it, or take the line out of verify.test.ts',
  }
}
