import { join } from 'node:path'
import type { CheckEvidence } from '@cookbook/evidence'
import { type Subject, subjectOf } from '@cookbook/evidence/subject'
import { writeEvidence } from '@cookbook/evidence/write'
import { errorAt, type Finding, topOf } from '@cookbook/guide'
import { writeFileAtomic } from '@cookbook/toolchain'
import { linkedBy } from '../build/build.ts'
import type { CmakeBuild } from '../build/cmake.ts'
import { type Tests, testsNotRun } from '../build/test-programs.ts'
import type { Build, Read } from '../context/built.ts'
import { failure } from '../context/checks.ts'
import { coverageFolder, LINKED_FILE } from '../context/coverage-folder.ts'
import type { Verification } from '../context/verification.ts'
import { unseenByCompilers } from '../shown/shown-code.ts'
import { judgeClaims } from './claims.ts'
import { judgeExamples } from './examples.ts'
import { checksNotRun, filesLeftOut, otherPrograms } from './left-out.ts'

/** What a pattern was built into. */
export type Built = {
  build: Build
  cmake: CmakeBuild
  read: Read
  tests: ReadonlyMap<string, Tests>
  /** The programs that the runner names; the others are run without a check of their own. */
  named: ReadonlySet<string>
}

/**
 * Judges claims and examples by what ran; `built` is `null` where nothing could be. Writes the evidence, and fails when
 * something is not proved.
 */
export async function conclude(
  verification: Verification,
  subject: Subject,
  built: Built | null,
): Promise<void> {
  const { pkg, toolchain, started, records } = verification
  const { recorded } = verification.recorder
  const { findings: inCode, checks } =
    built === null ? { findings: [], checks: [] } : await whatNothingTried(verification, built)
  const found = [...recorded.findings.flat(), ...inCode]
  const claims = judgeClaims(verification)
  const examples = judgeExamples(verification, found)
  const late = [
    // A cell leaves out what another one proves.
    ...(verification.cell === null ? [...claims.findings, ...examples.findings] : []),
    ...(built === null ? [] : testsNotRun(verification, built.tests)),
    ...(await checksNotRun(verification)),
    ...changedMeanwhile(verification, subject),
  ]
  await writeEvidence(records, {
    pattern: pkg.slug,
    chapter: { file: pkg.chapter.file, title: pkg.chapter.title },
    toolchain: { kind: toolchain.kind, id: toolchain.id, tools: toolchain.tools },
    digest: subject.digest,
    turboHash: process.env.TURBO_HASH ?? null,
    durationMs: Math.round(performance.now() - started),
    examples: examples.examples,
    claims: claims.claims,
    checks: [...recorded.checks.values(), ...checks],
    commands: recorded.commands,
    findings: recorded.outside ? [recorded.outside] : [...found, ...late],
  })
  if (coverageFolder() !== null) {
    const linked = recorded.builds.flatMap(({ build }) => linkedBy(verification, build))
    const programs = [...(built?.cmake.programs.values() ?? [])]
    await writeFileAtomic(join(records, LINKED_FILE), JSON.stringify([...linked, ...programs]))
  }
  const wrong = [...inCode, ...late]
  if (wrong.length > 0) throw failure(wrong)
}

/** What no check of the runner is about: code that no compiler judged, programs and files that nothing ran. */
async function whatNothingTried(
  verification: Verification,
  { build, cmake, read, named }: Built,
): Promise<{ findings: Finding[]; checks: CheckEvidence[] }> {
  if (!verification.built || verification.cell !== null) return { findings: [], checks: [] }
  const unseen = await unseenByCompilers(verification, build, read)
  const ran = await otherPrograms(verification, build, cmake, named)
  return {
    findings: [...unseen, ...ran.flatMap(({ findings }) => findings), ...filesLeftOut(verification)],
    checks: ran.map(({ check }) => check),
  }
}

function changedMeanwhile({ dir, pkg }: Verification, { digest, touches }: Subject): Finding[] {
  const now = subjectOf(dir)
  if (now.digest === digest && now.touches === touches) return []
  const message = 'a file of the pattern, Cargo.toml or Cargo.lock changed while it was being verified'
  return [errorAt('changed-while-verified', topOf(pkg.chapter.file), message, 'npm run verify')]
}
