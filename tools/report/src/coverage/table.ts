import { styleText } from 'node:util'
import { escapeOutput, showFindingOn } from '@cookbook/guide'
import { type ChapterCoverage, type Tally, tally, tallyAll } from './chapter.ts'

const COLUMNS = ['shown', 'executable', 'ran', 'excused', 'missed'] as const

/** The coverage of the chapters for a terminal, with its findings; colours only where `stream` shows them. */
export function coverageReport(
  chapters: readonly ChapterCoverage[],
  stream: NodeJS.WriteStream = process.stdout,
): string {
  const paint = (style: 'red' | 'dim' | 'green', text: string) => styleText(style, text, { stream })
  const name = Math.max('chapter'.length, ...chapters.map(({ slug }) => slug.length))
  const row = (title: string, cells: readonly string[]) =>
    [title.padEnd(name), ...cells.map((cell, at) => cell.padStart(COLUMNS[at]!.length))].join('  ')
  const figures = (of: Tally) => COLUMNS.map((column) => String(of[column]))
  const rows = chapters.map(({ slug, lines, findings }) => {
    const text = row(escapeOutput(slug), figures(tally(lines)))
    return findings.length === 0 ? text : paint('red', text)
  })
  const findings = chapters.flatMap((chapter) => chapter.findings.map(showFindingOn(stream)))
  const all = tallyAll(chapters)
  const good = findings.length === 0
  const total = `${all.ran} of ${all.executable} executable lines ran, ${all.excused} have a reason why they never do, ${all.missed} have none`
  return [
    [paint('dim', row('chapter', COLUMNS)), ...rows].join('\n'),
    ...findings,
    paint(good ? 'green' : 'red', good ? total : `${total}; ${findings.length} findings`),
  ].join('\n\n')
}
