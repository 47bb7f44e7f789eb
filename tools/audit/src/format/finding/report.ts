import type { Page } from '../../document/block.ts'
import type { Audit } from '../../verdict.ts'
import type { Baseline } from './baseline.ts'
import type { FailOn } from './fail-on.ts'
import { type Judged, judge } from './judged.ts'
import { type Quote, quoteOf } from './quote.ts'

/** All that a format is made of. */
export type Report = { audit: Audit; quote: Quote; judged: Judged }

export function reportOf(
  audit: Audit,
  pages: readonly Page[],
  failOn: FailOn,
  baseline: Baseline | null,
): Report {
  const quote = quoteOf(pages)
  return { audit, quote, judged: judge(audit, quote, failOn, baseline) }
}
