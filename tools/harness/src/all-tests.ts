import { type Finding, locate } from '@cookbook/guide'
import type { Outcome } from '@cookbook/toolchain'
import type { Build } from './build.ts'
import type { Checked } from './checks.ts'
import { runTest, type TestOptions, type Wrap } from './proves.ts'
import { testsOf } from './test-programs.ts'
import type { Verification } from './verification.ts'

/** Runs every test of a build, each in a process of its own. `tell` says of a failure where it is to be mended. */
export async function allTests(
  verification: Verification,
  build: Build,
  options: TestOptions,
  wrap: Wrap,
  tell: (finding: Finding, name: string, outcome: Outcome) => Finding,
): Promise<Checked> {
  const findings: Finding[] = []
  let ran = 0
  for (const { artifact, names, findings: unlisted } of (await testsOf(verification, build)).values()) {
    findings.push(...unlisted)
    for (const name of names) {
      const { outcome, ...checked } = await runTest(verification, artifact, name, options, wrap)
      if ('findings' in checked)
        findings.push(...checked.findings.map((finding) => tell(finding, name, outcome)))
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
