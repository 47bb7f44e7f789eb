import { styleText } from 'node:util'
import { escapeOutput, fold, showFindingOn, widthOf } from '@cookbook/guide'
import { allFindings, isNotVerified, type RunResult } from './result.ts'
import { HEADINGS, type Row, rowOf } from './rows.ts'
import { skippedLines } from './skipped.ts'
import { totals } from './totals.ts'

type Stream = NodeJS.WriteStream

/** The report of a run for a terminal; colours only where `stream` shows them and NO_COLOR is not set. */
export function terminalReport(run: RunResult, stream: Stream = process.stdout): string {
  const paint = (style: 'red' | 'dim' | 'green' | 'yellow', text: string) =>
    styleText(style, text, { stream })
  const rows = run.chapters.map(rowOf).map((row) => ({ ...row, chapter: escapeOutput(row.chapter) }))
  const [heading, ...lines] = columns([{ ...HEADINGS, good: true }, ...rows])
  const table = lines.map((line, index) => (rows[index]!.good ? line : paint('red', line)))
  const findings = allFindings(run).map(showFindingOn(stream))
  const folded = (text: string) => fold(text, widthOf(stream))
  const blocks = [
    [paint('dim', heading!), ...table],
    findings,
    skippedLines(run).map((line) => paint('dim', folded(escapeOutput(line)))),
    [
      paint(
        run.passed ? (run.chapters.some(isNotVerified) ? 'yellow' : 'green') : 'red',
        folded(totals(run)),
      ),
    ],
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
}

/** Aligns rows: the chapter to the left, figures to the right. */
function columns(rows: readonly Row[]): string[] {
  const width = (pick: (row: Row) => string) => Math.max(...rows.map((row) => pick(row).length))
  const [chapter, examples, claims, time] = [
    width((row) => row.chapter),
    width((row) => row.examples),
    width((row) => row.claims),
    width((row) => row.time),
  ]
  return rows.map((row) =>
    [
      row.chapter.padEnd(chapter!),
      row.examples.padStart(examples!),
      row.claims.padStart(claims!),
      row.time.padStart(time!),
    ].join('  '),
  )
}
