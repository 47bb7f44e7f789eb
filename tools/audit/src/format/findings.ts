import type { Page } from '../document/block.ts'
import type { Audit } from '../verdict.ts'
import { readBaseline } from './finding/baseline-file.ts'
import type { JudgedFinding } from './finding/judged.ts'
import { reportOf } from './finding/report.ts'
import type { ReportOptions } from './options.ts'

/** What is wrong with the pages of an audit, and what that means for its end; or why the baseline cannot be read. */
export async function findings(
  audit: Audit,
  pages: readonly Page[],
  { failOn, baseline: path }: Pick<ReportOptions, 'failOn' | 'baseline'>,
): Promise<{ kind: 'found'; findings: readonly JudgedFinding[] } | { kind: 'refused'; problem: string }> {
  const read = path === null ? null : await readBaseline(path)
  if (read?.kind === 'malformed') return { kind: 'refused', problem: read.problem }
  const baseline = read?.kind === 'read' ? read.baseline : null
  return { kind: 'found', findings: reportOf(audit, pages, failOn, baseline).judged.reported }
}
