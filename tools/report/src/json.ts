import { allFindings, counts, isNotVerified, type RunResult } from './result.ts'

/** A run as data: fields may be added within a version; one that goes or changes its meaning makes a new version. */
export function json(run: RunResult): string {
  const chapters = run.chapters.map((chapter) => {
    const { slug, cached, evidence } = chapter
    const seen = evidence === null ? null : { ...counts(evidence), durationMs: evidence.durationMs }
    return { slug, cached, notVerified: isNotVerified(chapter), evidence: seen }
  })
  const { passed, durationMs } = run
  const document = {
    format: 'cookbook-verify',
    version: 1,
    passed,
    durationMs,
    chapters,
    findings: allFindings(run),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
