import type { BlockVerdict, Verdict } from '../verdict.ts'
import { closing } from './closing.ts'
import type { Told } from './judged.ts'
import { excerpt, type Quote } from './quote.ts'
import type { Report } from './report.ts'
import { bySection, type Section } from './sections.ts'
import { shown, shownLine, shownName } from './shown.ts'
import { detailLines } from './text-finding.ts'
import { VERDICTS } from './totals.ts'

// GitHub refuses a summary of more than 1 MiB; what stands around the findings and the sections needs some of it.
const FINDINGS_BYTES = 500_000
const SECTIONS_BYTES = 400_000

/** The audit as a job summary: Markdown whose parts are HTML, in which a guide's words are text and no more. */
export function markdown({ audit, quote, judged }: Report): string {
  const { lines, verdict } = closing({ audit, quote, judged })
  const sections = bySection(audit)
  const wanted = judged.told.toSorted((a, b) => rank(a) - rank(b))
  return `${[
    `## ${judged.failed ? '❌' : '✅'} The guide, audited`,
    `<p>${html(verdict)}</p>`,
    ...lines.map((line) => `<p>${html(line)}</p>`),
    ...within(
      wanted.map((told) => item(told, quote)),
      FINDINGS_BYTES,
      'findings, which the log shows',
    ),
    `<table>${row('th', ['section', ...VERDICTS])}`,
    ...within(sections.map(sectionRow), SECTIONS_BYTES, 'sections', (text) => row('td', [text])),
    '</table>',
  ].join('\n')}\n`
}

const rank = ({ standing, finding }: Told) =>
  (standing === 'fails' ? 0 : standing === 'told' ? 2 : 4) + (finding.level === 'error' ? 0 : 1)

/** As many as there is room for; the rest is counted. */
function within(
  texts: readonly string[],
  bytes: number,
  noun: string,
  wrap: (text: string) => string = (text) => `<p>${text}</p>`,
): string[] {
  let left = bytes
  const kept = texts.filter((text) => {
    left -= Buffer.byteLength(text) + 1
    return left >= 0
  })
  const more = texts.length - kept.length
  return more > 0 ? [...kept, wrap(`and ${more} more ${noun}`)] : kept
}

const MARKS = { fails: '❌', told: '⚠️', known: '📌' } as const

function item({ finding, standing }: Told, quote: Quote): string {
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

function row(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
}

/** Text as it is, in HTML and in Markdown. A blank line would end the HTML, and Markdown would begin. */
function html(text: string): string {
  return shown(text).replace(/[&<>"'`*_~|[\]#@:\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}
