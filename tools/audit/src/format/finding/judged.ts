import type { Audit } from '../../verdict.ts'
import { type Baseline, compare, type Entry, keyed } from './baseline.ts'
import { type FailOn, fails } from './fail-on.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { Quote } from './quote.ts'

/** A finding, and what it means for the exit code. */
export type JudgedFinding = {
  finding: Finding
  /** It makes the audit fail; or the baseline holds it; or it is told and no more. */
  standing: 'fails' | 'known' | 'reported'
  /** By which a baseline, and a code scanner, knows it again; and by which older ones do. */
  key: string
  oldKey: string
}

export type Judged = {
  reported: readonly JudgedFinding[]
  failed: boolean
  /** What the baseline holds that is gone, and what it holds of pages that were not read; `null` without one. */
  baseline: { gone: readonly Entry[]; unread: readonly Entry[] } | null
}

/** Says of each finding of an audit what it means, and of the audit whether it fails. */
export function judge(audit: Audit, quote: Quote, failOn: FailOn, baseline: Baseline | null): Judged {
  const found = keyed(findingsOf(audit), quote)
  const compared = baseline === null ? null : compare(found, baseline, quote)
  const reported = found.map(({ finding, key, oldKey }): JudgedFinding => {
    const known = compared?.known.has(finding) ?? false
    return { finding, key, oldKey, standing: known ? 'known' : fails(finding, failOn) ? 'fails' : 'reported' }
  })
  return {
    reported,
    failed: reported.some(({ standing }) => standing === 'fails'),
    baseline: compared === null ? null : { gone: compared.gone, unread: compared.unread },
  }
}
