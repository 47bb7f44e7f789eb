import type { Artifact } from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import { SANITIZED } from '@cookbook/toolchain'
import { afterAll, inject } from 'vitest'
import { buildPattern } from '../build/build.ts'
import { buildWithCmake } from '../build/cmake.ts'
import { compiledFiles, readInBuild } from '../build/compiled.ts'
import { hiddenInputs } from '../build/hidden-inputs.ts'
import { programsOf } from '../build/programs.ts'
import { isTestFile, testsOf } from '../build/test-programs.ts'
import { conclude } from '../conclude/conclude.ts'
import type { Build } from '../context/built.ts'
import { isWatched } from '../context/cell.ts'
import { type Checked, check } from '../context/checks.ts'
import { NO_MEMORY_TOOL, NOT_BUILT } from '../context/messages.ts'
import { runnerFinding } from '../context/runner-location.ts'
import { begin, type Verification } from '../context/verification.ts'
import { withFaults } from '../faults/faults.ts'
import { docTests, hasDocTests } from '../verbs/doc-tests.ts'
import { fails } from '../verbs/fails.ts'
import { passes } from '../verbs/passes.ts'
import { prints } from '../verbs/prints.ts'
import { runTest } from '../verbs/proves.ts'
import { rejects } from '../verbs/rejects.ts'
import { rejectsCxx } from '../verbs/rejects-cxx.ts'
import { runScript, testsOfScript } from '../verbs/scripts.ts'
import { survives } from '../verbs/survives.ts'
import type { CxxRejection, ReadPattern, Rejection } from '../verbs/verbs.ts'
import { checkChapter } from './check-chapter.ts'
import { COMPILES } from './check-names.ts'
import { notVerified } from './not-verified.ts'

/** A test of faults runs a process for each call that fails. */
const FAULTS_LIMIT_MS = 120_000

/** Reads and builds the pattern in `dir`, and registers the checks that every pattern has. */
export const pattern: ReadPattern = async (dir) => {
  const begun = await begin(dir)
  const subject = inject('subject')
  if (begun.toolchain.missing.length > 0) {
    afterAll(() => conclude(begun, subject, null))
    return notVerified(begun)
  }
  const build = await buildPattern(begun, begun.buildProfile)
  const cmake = await buildWithCmake(begun)
  const built = build.findings.length === 0 && cmake.findings.length === 0
  const verification: Verification = { ...begun, built }
  const tests = await testsOf(verification, build)
  const read = await readInBuild(verification, build, cmake)
  const exercised = await compiledFiles(verification, build, read)
  verification.recorder.see({ built: { build, read }, exercised })
  let sanitizing: Promise<Build> | null = null
  const sanitized = () => (sanitizing ??= buildPattern(verification, SANITIZED))
  const builds = { plain: build, sanitized }

  checkChapter(verification)
  check(verification, COMPILES, async () => ({
    findings: [...build.findings, ...cmake.findings],
  }))
  check(verification, 'nothing is built from what the chapter does not show', async () => ({
    findings: await hiddenInputs(verification, build, read),
  }))
  for (const [file, { artifact, names, findings }] of tests) {
    // What is tested beside its own code needs no line of the runner.
    if (isTestFile(artifact)) continue
    if (findings.length > 0) check(verification, file, async () => ({ findings }))
    for (const name of names)
      check(verification, `${file}#${name}`, () => runTest(verification, artifact, name, {}))
  }
  if (hasDocTests(verification, build) && verification.cell === null)
    check(verification, 'the examples of the documentation pass', () =>
      verification.built ? docTests(verification) : Promise.resolve({ skipped: NOT_BUILT }),
    )
  const named = new Set<string>()
  afterAll(() => conclude(verification, subject, { build, cmake, read, tests, named }))

  const tested = (file: string, runNamed: (artifact: Artifact, name: string) => Promise<Checked>) => {
    verification.recorder.attempt([file])
    const found = tests.get(file)
    if (found && found.findings.length > 0)
      return check(verification, file, async () => ({ findings: found.findings }))
    if (found === undefined || found.names.length === 0)
      return check(verification, file, async () =>
        verification.built ? { findings: [await noTests(verification, file, RUST)] } : { skipped: NOT_BUILT },
      )
    for (const name of found.names)
      check(verification, `${file}#${name}`, () => runNamed(found.artifact, name))
  }

  return {
    prints: (program, expected, options = {}) => {
      named.add(program)
      const body = () =>
        prints(verification, programsOf(verification, build, cmake), program, expected, options)
      check(verification, `${program} prints ${expected}`, body, { about: [expected] })
    },
    proves: (file, options = {}) =>
      tested(file, (artifact, name) => runTest(verification, artifact, name, options)),
    withstands: (file, options = {}) =>
      tested(file, async (artifact, name) => {
        const wrap = await withFaults(verification.toolchain, verification.root, verification.wrap)
        const limited = { timeoutMs: FAULTS_LIMIT_MS, ...options }
        return 'skipped' in wrap ? wrap : runTest(verification, artifact, name, limited, wrap)
      }),
    scripts: (file, options = {}) => {
      verification.recorder.attempt([file])
      const names = testsOfScript(dir, file)
      if (names.length === 0)
        return check(verification, file, async () => ({
          findings: [await noTests(verification, file, SCRIPT)],
        }))
      for (const name of names)
        check(verification, `${file}#${name}`, () =>
          runScript(verification, programsOf(verification, build, cmake), file, name, options),
        )
    },
    rejects: (file: string, promised: Rejection | CxxRejection) => {
      if (isWatched(verification.cell))
        return check(verification, file, async () => ({ skipped: NO_MEMORY_TOOL }))
      const body = () =>
        'code' in promised
          ? rejects(verification, build, file, promised)
          : rejectsCxx(verification, build, file, promised)
      const shown = 'shown' in promised && promised.shown !== undefined ? [promised.shown] : []
      check(verification, file, body, { about: [file, ...shown] })
    },
    fails: (claim, promised) => {
      named.add(promised.program)
      check(
        verification,
        `verify.test.ts#${claim}`,
        () => fails(verification, builds, cmake, claim, promised),
        { alone: promised.under !== undefined },
      )
    },
    survives: (memoryTool, options = {}) =>
      check(
        verification,
        `verify.test.ts#${memoryTool}`,
        () => survives(verification, builds, memoryTool, options),
        {
          alone: true,
        },
      ),
    passes: (claim, variant) =>
      check(verification, `verify.test.ts#${claim}`, () => passes(verification, claim, variant), {
        alone: true,
      }),
  }
}

const RUST = { what: 'Rust test that cargo built', fix: 'add a #[test] to it' }
const SCRIPT = { what: "test('name', ...) at the beginning of a line", fix: 'add one to it' }

function noTests(verification: Verification, file: string, { what, fix }: typeof RUST): Promise<Finding> {
  const message = `${file} holds no ${what}, and the runner says that it proves something`
  return runnerFinding(verification, file, 'claim-target-missing', message, fix)
}
