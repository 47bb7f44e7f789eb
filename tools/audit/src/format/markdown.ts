import { counted, row, html as safe } from '@cookbook/report/formats'
import type { BlockVerdict, Verdict } from '../verdict.ts'
import { closing } from './closing.ts'
import type { JudgedFinding } from './finding/judged.ts'
import { excerpt, type Quote } from './finding/quote.ts'
import type { Report } from './finding/report.ts'
import { bySection, type Section } from './finding/sections.ts'
import { shown, shownLine, shownName } from './finding/shown.ts'
import { VERDICTS } from './finding/totals.ts'
import { detailLines } from './text-finding.ts'

// GitHub refuses a summary of more than 1 MiB; what stands around the findings and the sections needs some of it.
const FINDINGS_BYTES = 500_000
const SECTIONS_BYTES = 400_000

/** The audit as a job summary: Markdown whose parts are HTML, in which a guide's words are text and no more. */
export function markdown({ audit, quote, judged }: Report): string {
  const { lines, verdict } = closing({ audit, quote, judged })
  const sections = bySection(audit)
  const wanted = judged.reported.toSorted((a, b) => rank(a) - rank(b))
  return `${[
    `## ${judged.failed ? '❌' : '✅'} The guide, audited`,
    `<p>${html(verdict)}</p>`,
    ...lines.map((line) => `<p>${html(line)}</p>`),
    ...counted(
      wanted.map((one) => item(one, quote)),
      FINDINGS_BYTES,
      (count) => `<p>and ${count} more findings, which the log shows</p>`,
    ),
    `<table>${row('th', ['section', ...VERDICTS])}`,
    ...counted(sections.map(sectionRow), SECTIONS_BYTES, (count) =>
      row('td', [`and ${count} more sections`]),
    ),
    '</table>',
  ].join('\n')}\n`
}

const rank = ({ standing, finding }: JudgedFinding) =>
  (standing === 'fails' ? 0 : standing === 'reported' ? 2 : 4) + (finding.level === 'error' ? 0 : 1)

const MARKS = { fails: '❌', reported: '⚠️', known: '📌' } as const

function item({ finding, standing }: JudgedFinding, quote: Quote): string {
  const { file, line, column, rule, message, detail, lint } = finding
  const code = quote.line({ file, line })
  const parts = code === null ? null : excerpt(code, column)
  const offending = parts === null ? [] : [`${line} | ${shown(parts.before + parts.after)}`]
  const below = [...offending, ...detailLines(detail)]
  const sure = lint === null ? '' : ` (${lint.sureness})`
  const known = standing === 'known' ? ' [in the baseline]' : ''
  const head = `${MARKS[standing]} <code>${html(`${shownLine(file)}:${line}:${column}`)}</code> <b>${html(shownLine(rule))}</b>${sure}: ${html(shownLine(message))}${known}`
  if (below.length === 0) return `<p>${head}</p>`
  return `<details><summary>${head}</summary><pre>${html(below.join('\n'))}</pre></details>`
}

function sectionRow({ name, blocks }: Section): string {
  const count = (verdict: Verdict) => blocks.filter((block: BlockVerdict) => block.verdict === verdict).length
  const counts = VERDICTS.map((verdict) => String(count(verdict) || ''))
  return row('td', [html(shownName(name)), ...counts])
}

const html = (text: string): string => safe(shown(text))
