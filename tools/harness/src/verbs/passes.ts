import type { Finding } from '@cookbook/guide'
import { featured } from '@cookbook/toolchain'
import { buildPattern } from '../build/build.ts'
import { NO_CMAKE } from '../build/cmake.ts'
import { compiledFiles, readInBuild } from '../build/compiled.ts'
import type { Checked } from '../context/checks.ts'
import { NOT_BUILT } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import { allTests } from './all-tests.ts'
import type { Variant } from './verbs.ts'

/** Builds the pattern with other features, and runs every test that it then has, each in a process of its own. */
export async function passes(
  verification: Verification,
  claim: string,
  { features, library, ...options }: Variant,
): Promise<Checked> {
  if (!verification.built) return { skipped: NOT_BUILT }
  if (library !== undefined && verification.cell?.memoryTool === 'threads')
    return { skipped: `the system's ${library} is not instrumented`, skippedFeatures: features }
  const [own] = verification.crates
  const build = await buildPattern(verification, featured(verification.buildProfile, claim, features), [own!])
  const read = await readInBuild(verification, build, NO_CMAKE)
  const seen = { built: { build, read }, exercised: await compiledFiles(verification, build, read) }
  const reported = (finding: Finding) => report(finding, features)
  // What failed to build is said already, and not that nothing built it as well.
  if (build.findings.length > 0)
    return { ...seen, findings: build.findings.map(reported), skippedFeatures: features }
  return { ...seen, ...(await allTests(verification, build, options, verification.wrap, reported)) }
}

function report(finding: Finding, features: readonly string[]): Finding {
  const alone = `--no-default-features --features ${features.join()} -- --exact`
  return {
    ...finding,
    message: `with --features ${features.join()}: ${finding.message}`,
    fix: finding.fix.replace('-- --exact', alone),
  }
}
