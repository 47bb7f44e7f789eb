import type { Evidence } from '@cookbook/evidence'
import type { Finding } from '@cookbook/guide'

/** What became of one chapter in one run. */
export type ChapterResult = {
  slug: string
  /** `null` when the runner broke off before it could write any. */
  evidence: Evidence | null
  cached: boolean
}

/** A whole run, as every report is made from it. */
export type RunResult = {
  chapters: readonly ChapterResult[]
  /** Findings of the guide as a whole, and of runners that broke off. */
  findings: readonly Finding[]
  durationMs: number
  /** Whether turbo ended with success. */
  passed: boolean
}

/** All findings of a run, those of the chapters first. */
export function allFindings({ chapters, findings }: RunResult): Finding[] {
  return [...chapters.flatMap(({ evidence }) => evidence?.findings ?? []), ...findings]
}

/** Whether a chapter was left out because this machine lacks something that it needs. */
export function isNotVerified({ evidence }: ChapterResult): boolean {
  return evidence?.findings.some(({ code }) => code === 'not-verified') === true
}

/** How many of a chapter's examples are verified and of its claims proved. */
export function counts({ examples, claims }: Evidence) {
  return {
    examples: examples.length,
    verified: examples.filter(({ verdict }) => verdict === 'verified').length,
    claims: claims.length,
    proved: claims.filter(({ verdict }) => verdict === 'proved').length,
    skipped: claims.filter(({ verdict }) => verdict === 'skipped').length,
  }
}
