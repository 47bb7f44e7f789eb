import { widthOf } from '@cookbook/guide'
import type { Page } from '../document/block.ts'
import type { Audit } from '../verdict.ts'
import { adopt, type Baseline, shrink } from './finding/baseline.ts'
import { readBaseline, writeBaseline } from './finding/baseline-file.ts'
import { writeNamedFile } from './finding/named-file.ts'
import { type Report, reportOf } from './finding/report.ts'
import { reportToGitHub } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { Format, ReportOptions } from './options.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

/** How an audit's telling ended: the exit code, and what standard error should hear. */
export type ReportResult = { code: 0 | 1 | 2; problem: string | null }

/**
 * Tells an audit in every format that is asked for, keeps the baseline, and says how the command ends: 0, 1 where
 * something fails that --fail-on asks for, 2 where a file cannot be read or written.
 */
export async function reportAudit(
  audit: Audit,
  pages: readonly Page[],
  { outputs, failOn, baseline: path, update }: ReportOptions,
  stdout: NodeJS.WriteStream = process.stdout,
): Promise<ReportResult> {
  const wrong = (problem: string): ReportResult => ({ code: 2, problem })
  const read = path === null ? null : await readBaseline(path)
  if (read?.kind === 'malformed') return wrong(read.problem)
  if (read?.kind === 'absent' && !update)
    return wrong(`there is no baseline ${path}: create it with --update-baseline`)
  let baseline: Baseline | null = read?.kind === 'read' ? read.baseline : null
  let report = reportOf(audit, pages, failOn, baseline)
  try {
    if (update) {
      baseline = baseline === null ? adopt(report.judged.reported) : shrink(baseline, report.judged.baseline!)
      await writeBaseline(path!, baseline)
      report = reportOf(audit, pages, failOn, baseline)
    }
    for (const { format, path } of outputs) {
      if (format === 'github') await reportToGitHub(report)
      else if (path === null)
        stdout.write(render(format, report, stdout.isTTY && stdout.hasColors(), widthOf(stdout)))
      else await writeNamedFile(path, render(format, report, false))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return wrong((error as Error).message)
  }
  return { code: report.judged.failed ? 1 : 0, problem: null }
}

/** An audit as text in a format. */
export function render(
  format: Exclude<Format, 'github'>,
  report: Report,
  color: boolean,
  width = Infinity,
): string {
  if (format === 'text') return text(report, color, width)
  return { json, sarif, junit, markdown }[format](report)
}
