import { type Finding, locate } from '@cookbook/guide'
import type { Build } from './build.ts'
import type { Checked } from './checks.ts'
import { memoryFinding } from './memory-finding.ts'
import { runTest, type TestOptions } from './proves.ts'
import { testsOf } from './test-programs.ts'
import type { Verification } from './verification.ts'
import { underWatch, type Watch } from './watch.ts'

/** Runs every test of the pattern, each in a process of its own, while a tool watches its memory. */
export async function survives(
  verification: Verification,
  plain: Build,
  watch: Watch,
  options: TestOptions,
): Promise<Checked> {
  const watched = await underWatch(verification, plain, watch)
  if (!('build' in watched)) return watched
  const { build, wrap } = watched
  const findings: Finding[] = []
  let ran = 0
  for (const { artifact, names, findings: unlisted } of (await testsOf(verification, build)).values()) {
    findings.push(...unlisted)
    for (const name of names) {
      const { outcome, ...checked } = await runTest(verification, artifact, name, options, wrap)
      if ('findings' in checked)
        findings.push(
          ...checked.findings.map((finding) => memoryFinding(verification, watch, name, outcome, finding)),
        )
      ran += 1
    }
  }
  return { findings: ran > 0 || findings.length > 0 ? findings : [nothingRan(verification)] }
}

function nothingRan({ pkg }: Verification): Finding {
  const message = 'the pattern has no Rust test, so nothing ran under this check'
  return {
    code: 'unproved',
    severity: 'error',
    ...locate(pkg, 'Cargo.toml', 1, 1),
    message,
    detail: [],
    remedy: 'add a test to tests/',
  }
}
