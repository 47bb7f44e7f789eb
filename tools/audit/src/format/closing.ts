import type { Report } from './finding/report.ts'
import { shownLine } from './finding/shown.ts'
import { counted, seconds, totalsLine } from './finding/totals.ts'

/** What stands at the end of an audit: what the baseline has to say, the counts, and whether it fails. */
export function closing({ audit, judged }: Report): { lines: string[]; verdict: string } {
  const { baseline, reported, failed } = judged
  const number = (wanted: string) => reported.filter(({ standing }) => standing === wanted).length
  const known = number('known')
  const sum = (entries: readonly { count: number }[]) => entries.reduce((all, { count }) => all + count, 0)
  const lines: string[] = []
  if (known > 0) lines.push(`${counted(known, 'finding')} that the baseline holds`)
  for (const { count, file, rule, message } of baseline?.gone ?? [])
    lines.push(
      `gone: ${shownLine(file)} ${shownLine(rule)}: ${shownLine(message)}${count > 1 ? `, ${count} times` : ''}`,
    )
  const gone = sum(baseline?.gone ?? [])
  if (gone > 0)
    lines.push(
      `${counted(gone, 'finding')} of the baseline ${gone === 1 ? 'is' : 'are'} gone: --update-baseline takes them out`,
    )
  const unread = sum(baseline?.unread ?? [])
  if (unread > 0)
    lines.push(
      `${counted(unread, 'finding')} of the baseline ${unread === 1 ? 'is' : 'are'} of pages that were not read`,
    )
  const bad = number('fails')
  const ending = failed ? `failed with ${counted(bad, 'finding')}` : 'passed'
  return { lines, verdict: `${totalsLine(audit.blocks)}; ${ending} in ${seconds(audit.durationMs)}` }
}
