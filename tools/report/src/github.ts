import { type Finding, neutral } from '@cookbook/guide'
import { allFindings, type RunResult } from './result.ts'
import { HEADINGS, rowOf } from './rows.ts'
import { skippedLines } from './skipped.ts'
import { totals } from './totals.ts'

/**
 * Tells GitHub Actions what was found: an annotation at each finding's line, and the job summary. What examples
 * printed reaches neither as a command nor as HTML.
 */
export async function reportToGitHub(run: RunResult): Promise<void> {
  // Loaded only where it is wanted: it brings an HTTP client along.
  const core = await import('@actions/core')
  for (const finding of allFindings(run)) {
    const { severity, code, file, line, column } = finding
    const annotate = severity === 'error' ? core.error : core.warning
    annotate(neutral(words(finding)), { title: code, file, startLine: line, startColumn: column })
  }
  if (process.env.GITHUB_STEP_SUMMARY === undefined) return
  const rows = run.chapters.map(rowOf)
  const headings = Object.values(HEADINGS).map((data) => ({ data, header: true }))
  const cells = rows.map((row) => [
    `${row.good ? '✅' : '❌'} ${html(row.chapter)}`,
    row.examples,
    row.claims,
    row.time,
  ])
  core.summary.addHeading('The guide, verified', 2).addTable([headings, ...cells])
  core.summary.addList(
    allFindings(run).map((finding) => `<code>${html(place(finding))}</code> ${html(words(finding))}`),
  )
  for (const line of skippedLines(run)) core.summary.addRaw(html(line), true)
  await core.summary.addRaw(`\n${html(totals(run))}`, true).write()
}

function place({ file, line, column }: Finding): string {
  return `${file}:${line}:${column}`
}

function words({ message, detail, remedy }: Finding): string {
  return [message, ...detail, remedy].join('\n')
}

/** Text as it is, in HTML and in Markdown. */
function html(text: string): string {
  return neutral(text).replace(/[&<>"'`*_|[\]]/g, (character) => `&#${character.charCodeAt(0)};`)
}
