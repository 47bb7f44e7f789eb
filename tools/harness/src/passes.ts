import type { Finding } from '@cookbook/guide'
import { type Command, ended, featured } from '@cookbook/toolchain'
import { allTests } from './all-tests.ts'
import { buildPattern } from './build.ts'
import type { Checked } from './checks.ts'
import { NO_CMAKE } from './cmake.ts'
import { compiledFiles, readInBuild } from './compiled.ts'
import type { TestOptions } from './proves.ts'
import { run, type Verification } from './verification.ts'
import { NOT_BUILT } from './words.ts'

/** How the crate is built instead. */
export type Variant = TestOptions & {
  /** Of the crate, in place of its default ones. */
  features: readonly string[]
  /** What pkg-config must find. Where it does not, the check is skipped. */
  library?: string
}

const LIMIT_MS = 20_000

/** Builds the pattern with other features, and runs every test that it then has, each in a process of its own. */
export async function passes(
  verification: Verification,
  claim: string,
  { features, library, ...options }: Variant,
): Promise<Checked> {
  if (!verification.built) return { skipped: NOT_BUILT }
  if (library !== undefined && verification.cell?.watch === 'threads')
    return { skipped: `the system's ${library} is not instrumented` }
  if (library !== undefined && !(await isInstalled(verification, library))) {
    verification.skippedFeatures.push(features)
    return { skipped: `pkg-config finds no ${library}` }
  }
  const build = await buildPattern(verification, featured(verification.flavor, claim, features))
  const read = await readInBuild(verification, build, NO_CMAKE)
  verification.builds.push({ build, read })
  for (const path of await compiledFiles(verification, build, read)) verification.exercised.add(path)
  const told = (finding: Finding) => tell(finding, features)
  // What failed to build is said already, and not that nothing built it as well.
  if (build.findings.length > 0) verification.skippedFeatures.push(features)
  if (build.findings.length > 0) return { findings: build.findings.map(told) }
  return allTests(verification, build, options, verification.wrap, told)
}

async function isInstalled(verification: Verification, library: string): Promise<boolean> {
  const args = ['--exists', library]
  const command: Command = { program: 'pkg-config', args, cwd: verification.dir, timeoutMs: LIMIT_MS }
  return ended(await run(verification, command), command)
}

function tell(finding: Finding, features: readonly string[]): Finding {
  const alone = `--no-default-features --features ${features.join()} -- --exact`
  return {
    ...finding,
    message: `with --features ${features.join()}: ${finding.message}`,
    remedy: finding.remedy.replace('-- --exact', alone),
  }
}
