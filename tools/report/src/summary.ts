import { escapeOutput, type Finding } from '@cookbook/guide'
import { counted, row, html as safe } from './formats/index.ts'
import { allFindings, type RunResult } from './result.ts'
import { HEADINGS, rowOf } from './rows.ts'
import { skippedLines } from './skipped.ts'
import { totals } from './totals.ts'

/** GitHub refuses a summary of more than 1 MiB; what stands around the findings needs some of it. */
const FINDINGS_BYTES = 900_000

/** A run as a job summary: HTML, in which what examples printed is text. */
export function summaryOf(run: RunResult): string {
  const rows = run.chapters.map((result) => {
    const { good, chapter, examples, claims, time } = rowOf(result)
    return [`${good ? '✅' : '❌'} ${html(chapter)}`, examples, claims, time]
  })
  const table = [row('th', Object.values(HEADINGS)), ...rows.map((cells) => row('td', cells))]
  return [
    '<h2>The guide, verified</h2>',
    `<table>${table.join('')}</table>`,
    ...items(allFindings(run)),
    ...skippedLines(run).map((line) => `<p>${html(line)}</p>`),
    `<p>${html(totals(run))}</p>`,
  ].join('\n')
}

function items(findings: readonly Finding[]): string[] {
  const more = (count: number) => `<li>and ${count} more findings, which the log shows</li>`
  const shown = counted(findings.map(item), FINDINGS_BYTES, more)
  return findings.length > 0 ? [`<ul>${shown.join('')}</ul>`] : []
}

function item({ file, line, column, code, message, detail, fix }: Finding): string {
  const below = detail.length > 0 ? `<pre>${html(detail.join('\n'))}</pre>` : '<br>'
  const place = `<code>${html(`${file}:${line}:${column}`)}</code>`
  return `<li>${place} <b>${code}</b>: ${html(message)}${below}${html(fix)}</li>`
}

const html = (text: string): string => safe(escapeOutput(text))
