import { join } from 'node:path'
import { type Artifact, distinct, parseCargoMessages } from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import { type Command, type Flavor, seedTarget, succeeded, targetFolder } from '@cookbook/toolchain'
import type { Build } from '../context/built.ts'
import { noteOutside, run, type Verification } from '../context/verification.ts'
import { cxxFindings } from '../diagnostic/cxx-findings.ts'
import { rustFindings } from '../diagnostic/rust-findings.ts'
import { findingKey } from '../diagnostic/source-finding.ts'
import { cargoFinding, cargoWarnings } from './cargo-findings.ts'
import { forgetStale, rememberBuild } from './fresh.ts'

const BUILD_LIMIT_MS = 10 * 60_000
const MESSAGE_BYTES = 64 * 1024 * 1024

/** Builds every target of the pattern: library, programs, examples and tests. Warnings are errors. */
export async function buildPattern(verification: Verification, flavor: Flavor): Promise<Build> {
  const { root, dir, pkg, toolchain } = verification
  const seeding = await seedTarget(root, toolchain, pkg.slug, flavor)
  if (seeding !== null) {
    const what = 'building the third-party crates'
    noteOutside(verification, what, seeding)
    return broken(flavor, [cargoFinding(verification, what, seeding)])
  }
  const stale = await forgetStale(verification, flavor)
  if (stale !== null) return broken(flavor, [cargoFinding(verification, 'cargo clean', stale)])

  const command: Command = {
    program: 'cargo',
    args: [
      'build',
      '--locked',
      '--all-targets',
      // One broken program hides no other's errors, and not whether its tests could be built.
      '--keep-going',
      '--message-format=json',
      '--target-dir',
      targetFolder(root, toolchain, pkg.slug, flavor),
      ...flavor.args,
    ],
    cwd: dir,
    env: flavor.env,
    timeoutMs: BUILD_LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
  }
  const outcome = await run(verification, command)
  await rememberBuild(verification, flavor)
  const messages = parseCargoMessages(outcome.stdout)
  const artifacts = messages.flatMap((message) => (message.kind === 'artifact' ? [message.artifact] : []))
  const findings = messages.flatMap((message) =>
    message.kind === 'diagnostic' && isOwn(verification, message)
      ? rustFindings(pkg, root, message.diagnostic)
      : [],
  )
  findings.push(...cxxFindings(pkg, outcome.stderr))
  // What a failing build says besides is no warning of its own.
  if (succeeded(outcome, command)) findings.push(...cargoWarnings(verification, outcome.stderr))
  if (!succeeded(outcome, command) && findings.length === 0)
    findings.push(cargoFinding(verification, 'cargo build', outcome))
  const own = artifacts.filter((artifact) => isOwn(verification, artifact))
  const script = own.find(isScript)
  const outDirs = messages.flatMap((message) => (message.kind === 'build-script' ? [message] : []))
  const ofScript = outDirs.find(({ packageId }) => packageId === script?.packageId)
  const { outDir = null, variables = [], cfgs = [] } = ofScript ?? {}
  return { flavor, findings: distinct(findings, findingKey), artifacts, outDir, variables, cfgs }
}

/** What cargo linked of the pattern itself. */
export function linkedBy(verification: Verification, build: Build): string[] {
  const own = ownArtifacts(verification, build)
  return [...own.flatMap(({ executable }) => executable ?? []), ...(own.find(isScript)?.files ?? [])]
}

const isScript = ({ kinds }: Artifact) => kinds.includes('custom-build')

/** The artifacts of the pattern itself. */
export function ownArtifacts(verification: Verification, build: Build): Artifact[] {
  return build.artifacts.filter((artifact) => isOwn(verification, artifact))
}

/** Whether cargo says it of the pattern's own package, not of a dependency. */
function isOwn({ dir }: Verification, { manifest }: { manifest: string }): boolean {
  return manifest === join(dir, 'Cargo.toml')
}

function broken(flavor: Flavor, findings: Finding[]): Build {
  return { flavor, findings, artifacts: [], outDir: null, variables: [], cfgs: [] }
}
