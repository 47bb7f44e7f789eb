import { join } from 'node:path'
import { type Artifact, distinct, parseCargoMessages } from '@cookbook/diagnostics'
import { type BuildProfile, type Command, seedTarget, succeeded, targetFolder } from '@cookbook/toolchain'
import type { Build } from '../context/built.ts'
import type { Crate } from '../context/crate.ts'
import { noteOutside, run, type Verification } from '../context/verification.ts'
import { cxxFindings } from '../diagnostic/cxx-findings.ts'
import { rustFindings } from '../diagnostic/rust-findings.ts'
import { findingKey } from '../diagnostic/source-finding.ts'
import { cargoFinding, cargoWarnings } from './cargo-findings.ts'
import { forgetStale, rememberBuild } from './fresh.ts'

const BUILD_LIMIT_MS = 10 * 60_000
const MESSAGE_BYTES = 64 * 1024 * 1024

/**
 * Builds every target of the pattern's `crates`, all of them unless they are named: libraries, programs, examples and
 * tests. Warnings are errors.
 */
export async function buildPattern(
  verification: Verification,
  buildProfile: BuildProfile,
  crates: readonly Crate[] = verification.crates,
): Promise<Build> {
  const { root, pkg, toolchain } = verification
  const [own] = verification.crates
  const folders = crates.map(({ folder }) => folder)
  const seeding = await seedTarget(root, toolchain, pkg.slug, buildProfile, folders)
  if (seeding !== null) {
    const what = 'building the third-party crates'
    noteOutside(verification, what, seeding)
    return { ...NOTHING, buildProfile, findings: [cargoFinding(verification, own!, what, seeding)] }
  }
  const stale = await forgetStale(verification, buildProfile, crates)
  if (stale !== null)
    return { ...NOTHING, buildProfile, findings: [cargoFinding(verification, own!, 'cargo clean', stale)] }
  const builds: Build[] = []
  // Each as its reader builds it: what one of them depends on gives no other features to the other's crates.
  for (const crate of crates) builds.push(await buildCrate(verification, buildProfile, crate))
  await rememberBuild(verification, buildProfile)
  return {
    buildProfile,
    findings: builds.flatMap(({ findings }) => findings),
    artifacts: builds.flatMap(({ artifacts }) => artifacts),
    artifactsOf: new Map(builds.flatMap(({ artifactsOf }) => [...artifactsOf])),
    outDirs: new Map(builds.flatMap(({ outDirs }) => [...outDirs])),
    variables: builds.flatMap(({ variables }) => variables),
    cfgs: builds.flatMap(({ cfgs }) => cfgs),
  }
}

async function buildCrate(
  verification: Verification,
  buildProfile: BuildProfile,
  crate: Crate,
): Promise<Build> {
  const { root, pkg, toolchain } = verification
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
      targetFolder(root, toolchain, pkg.slug, buildProfile),
      ...buildProfile.args,
    ],
    cwd: crate.dir,
    env: buildProfile.env,
    timeoutMs: BUILD_LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
  }
  const outcome = await run(verification, command)
  const messages = parseCargoMessages(outcome.stdout)
  const artifacts = messages.flatMap((message) => (message.kind === 'artifact' ? [message.artifact] : []))
  const findings = messages.flatMap((message) =>
    message.kind === 'diagnostic' && isOwn(verification, message)
      ? rustFindings(pkg, root, message.diagnostic)
      : [],
  )
  findings.push(...cxxFindings(pkg, outcome.stderr, crate.folder))
  // What a failing build says besides is no warning of its own.
  if (succeeded(outcome, command)) findings.push(...cargoWarnings(verification, crate, outcome.stderr))
  if (!succeeded(outcome, command) && findings.length === 0)
    findings.push(cargoFinding(verification, crate, 'cargo build', outcome))
  const own = artifacts.filter((artifact) => isOwn(verification, artifact))
  const script = own.find(isScript)
  const outDirs = messages.flatMap((message) => (message.kind === 'build-script' ? [message] : []))
  const ofScript = outDirs.find(({ packageId }) => packageId === script?.packageId)
  const { variables = [], cfgs = [] } = ofScript ?? {}
  const built = new Map(ofScript === undefined ? [] : [[crate, ofScript.outDir]])
  return {
    buildProfile,
    findings: distinct(findings, findingKey),
    artifacts,
    artifactsOf: new Map([[crate, artifacts]]),
    outDirs: built,
    variables,
    cfgs,
  }
}

/** What cargo linked of the pattern itself. */
export function linkedBy(verification: Verification, build: Build): string[] {
  const own = ownArtifacts(verification, build)
  return [
    ...own.flatMap(({ executable }) => executable ?? []),
    ...own.filter(isScript).flatMap(({ files }) => files),
  ]
}

const isScript = ({ kinds }: Artifact) => kinds.includes('custom-build')

/** The artifacts of the pattern itself. */
export function ownArtifacts(verification: Verification, build: Build): Artifact[] {
  return build.artifacts.filter((artifact) => isOwn(verification, artifact))
}

/** Whether cargo says it of one of the pattern's own crates, not of a dependency. */
function isOwn({ crates }: Verification, { manifest }: { manifest: string }): boolean {
  return crates.some(({ dir }) => manifest === join(dir, 'Cargo.toml'))
}

const NOTHING: Omit<Build, 'buildProfile' | 'findings'> = {
  artifacts: [],
  artifactsOf: new Map(),
  outDirs: new Map(),
  variables: [],
  cfgs: [],
}
