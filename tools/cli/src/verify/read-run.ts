import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEvidence, parseFindings } from '@cookbook/evidence'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { withLock } from '@cookbook/evidence/lock'
import { forgedFinding, isSealed } from '@cookbook/evidence/seal'
import { errorAt, type Finding, layoutFindings, topOf, WHOLE_GUIDE } from '@cookbook/guide'
import { lacksSpace, noSpace } from '@cookbook/harness/no-space'
import type { ChapterResult, RunResult } from '@cookbook/report'
import { type EvidenceFiles, identityOf } from './evidence-files.ts'
import type { TaskRun, TurboRun } from './turbo.ts'

const OUTPUT_LINES = 40

/**
 * Puts together what a run of turbo left: the evidence of each chapter that it reached, and the whole guide's
 * findings. What lay there `before` it counts only for tasks whose results turbo took from its cache.
 */
export async function readRun(
  root: string,
  turbo: TurboRun,
  durationMs: number,
  before: EvidenceFiles,
): Promise<RunResult> {
  const reached = turbo.tasks.filter(({ task }) => task === 'verify')
  const chapters = await Promise.all(
    reached
      .filter(({ package: name }) => name !== WHOLE_GUIDE)
      .map((task) => readChapter(root, task, before)),
  )
  chapters.sort((a, b) => (a.slug < b.slug ? -1 : 1))
  const findings: Finding[] = []
  for (const { slug, evidence } of chapters) {
    const output = reached.find(({ package: name }) => name === slug)!.output
    findings.push(...layoutFindings(root, slug))
    if (evidence === null) findings.push(brokeOff(`patterns/${slug}/verify.test.ts`, output))
    else if (!isSealed(evidence)) findings.push(forgedFinding(slug))
  }
  const whole = reached.find(({ package: name }) => name === WHOLE_GUIDE)
  if (whole !== undefined) {
    const text = await read(root, WHOLE_GUIDE, whole.cached ? new Map() : before)
    findings.push(
      ...((text === null ? null : parseFindings(text)) ?? [
        brokeOff(`${WHOLE_GUIDE}/verify.ts`, whole.output),
      ]),
    )
  }
  // turbo failed and nobody said why: its own words, and those of the tasks before the chapters.
  const silent =
    !turbo.passed &&
    findings.length === 0 &&
    chapters.every(({ evidence }) => evidence?.findings.length === 0)
  const others = turbo.tasks.filter(({ task }) => task !== 'verify').flatMap(({ output }) => output)
  if (silent) findings.push(brokeOff('turbo.json', [...others, ...turbo.words]))
  // turbo knows exit codes alone, and a pattern's own command may have been another than the harness.
  return { chapters, findings, durationMs, passed: turbo.passed && findings.length === 0 }
}

async function readChapter(root: string, task: TaskRun, before: EvidenceFiles): Promise<ChapterResult> {
  const { package: slug, cached } = task
  const text = await read(root, `patterns/${slug}`, cached ? new Map() : before)
  return { slug, evidence: text === null ? null : parseEvidence(text), cached }
}

/** What the package in `dir` wrote; another run may be at it, whose evidence is not there yet. */
function read(root: string, dir: string, before: EvidenceFiles): Promise<string | null> {
  return withLock(join(root, dir), async () =>
    // What broke off early has not even taken away what an earlier run left.
    before.has(dir) && before.get(dir) === (await identityOf(root, dir))
      ? null
      : readFile(join(root, dir, EVIDENCE_FILE), 'utf8').catch(() => null),
  )
}

/** What wrote no evidence did not get to its end; what it printed last says why. */
function brokeOff(file: string, output: readonly string[]): Finding {
  const words = output.join('\n')
  if (lacksSpace(words)) return noSpace(file, 'what was run', words)
  return errorAt(
    'no-evidence',
    topOf(file),
    'the runner exited before writing its results',
    'npx turbo run verify',
    output.filter((line) => line !== '').slice(-OUTPUT_LINES),
  )
}
