import type { ShownLine } from '@cookbook/guide'
import { type ChapterCoverage, tally } from './chapter.ts'
import { frame, html } from './frame.ts'

const MARKS: Readonly<Record<ShownLine['state'], string>> = {
  ran: '✓',
  'never-ran': '✗',
  excused: '~',
  inert: '',
}

/** A chapter as a page of its own: its lines, and beside each of Rust and C++ how often it ran. */
export function coveragePage({ slug, chapter, lines }: ChapterCoverage): string {
  const shown = new Map(lines.map((line) => [line.line, line]))
  const rows = chapter.text.lines.map((text, index) => row(index + 1, text, shown.get(index + 1)))
  const { executable, ran, excused, missed } = tally(lines)
  const legend = `${ran} of ${executable} executable lines ran (✓ and how often), ${excused} never do for a reason (~), ${missed} never did (✗).`
  return frame(`${slug}: which shown lines ran`, [
    '<p><a href="index.html">All chapters</a></p>',
    `<h1>${html(chapter.title)}</h1>`,
    `<p>${legend}</p>`,
    `<table class="lines"><tbody>\n${rows.join('\n')}\n</tbody></table>`,
  ])
}

function row(number: number, text: string, line: ShownLine | undefined): string {
  const state = line?.state ?? 'prose'
  const mark = line === undefined ? '' : MARKS[line.state]
  const times = line?.state === 'ran' ? ` ${line.times}` : ''
  const why = line?.state === 'excused' ? ` <span class="why">${html(line.reason!.why)}</span>` : ''
  const code = line === undefined ? html(text) : `<code>${html(text)}</code>`
  return `<tr class="${state}" id="L${number}"><td>${number}</td><td>${mark}${times}</td><td>${code}${why}</td></tr>`
}

/** The table of all chapters, with links to their pages. */
export function coverageIndex(chapters: readonly ChapterCoverage[]): string {
  const rows = chapters.map(({ slug, chapter, lines }) => {
    const { shown, executable, ran, excused, missed } = tally(lines)
    const cells = [shown, executable, ran, excused, missed].map((cell) => `<td>${cell}</td>`).join('')
    const link = `<a href="${encodeURIComponent(slug)}.html">${html(chapter.title)}</a>`
    return `<tr class="${missed > 0 ? 'never-ran' : 'prose'}"><td>${link}</td>${cells}</tr>`
  })
  const headings = ['chapter', 'shown', 'executable', 'ran', 'excused', 'missed']
  const heading = headings.map((text) => `<th>${text}</th>`).join('')
  return frame('Which shown lines ran', [
    '<h1>Which shown lines ran</h1>',
    `<table class="chapters"><thead><tr>${heading}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`,
  ])
}
