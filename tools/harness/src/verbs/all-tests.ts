import type { Artifact } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate } from '@cookbook/guide'
import type { Outcome } from '@cookbook/toolchain'
import { testsOf } from '../build/test-programs.ts'
import { runWitnessed } from '../build/witness.ts'
import type { Build } from '../context/built.ts'
import type { Checked } from '../context/checks.ts'
import type { Verification } from '../context/verification.ts'
import type { Wrap } from '../context/wrap.ts'
import { FAULTS_TESTS, withFaults } from '../faults/faults.ts'
import { limitOf, runTest } from './proves.ts'
import type { TestOptions } from './verbs.ts'

/**
 * Runs every test of a build, each in a process of its own; `together first` only where those of its file do not
 * all pass in one. Those that have calls fail are left out where they cannot. `tell` says of a failure where it is to be fixed.
 */
export async function allTests(
  verification: Verification,
  build: Build,
  options: TestOptions,
  around: Wrap,
  report: (finding: Finding, name: string, outcome: Outcome) => Finding,
  order: 'each alone' | 'together first' = 'each alone',
): Promise<Checked> {
  const { toolchain, root } = verification
  const findings: Finding[] = []
  let ran = 0
  for (const [file, { artifact, names, findings: unlisted }] of await testsOf(verification, build)) {
    findings.push(...unlisted)
    const wrap = file === FAULTS_TESTS ? await withFaults(toolchain, root, around) : around
    if ('skipped' in wrap) continue
    ran += names.length
    if (
      order === 'together first' &&
      names.length > 1 &&
      (await passTogether(verification, artifact, names, options, wrap))
    )
      continue
    for (const name of names) {
      const { outcome, ...checked } = await runTest(verification, artifact, name, options, wrap)
      if ('findings' in checked)
        findings.push(...checked.findings.map((finding) => report(finding, name, outcome)))
    }
  }
  return { findings: ran > 0 || findings.length > 0 ? findings : [nothingRan(verification)] }
}

/** Whether they all pass in one process, within what a single one of them may take. */
async function passTogether(
  verification: Verification,
  artifact: Artifact,
  names: readonly string[],
  options: TestOptions,
  wrap: Wrap,
): Promise<boolean> {
  const args = ['--test-threads=1']
  const limitMs = limitOf(options, wrap)
  const seen = await runWitnessed(verification, artifact.executable!, args, wrap, limitMs)
  return seen.returned && names.every((name) => seen.results.get(name) === 'ok')
}

function nothingRan({ pkg }: Verification): Finding {
  const message = 'the pattern has no Rust test, so nothing ran under this check'
  return errorAt('unproved', locate(pkg, 'Cargo.toml', 1, 1), message, 'add a test to tests/')
}
