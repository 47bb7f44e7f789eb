import { escapeHtml } from './html.ts'

/** As much of a markdown-it token as is looked at. */
type Token = { type: string; content: string }
/** One ratio of a measured table. */
type Bar = { label: string; times: number; of: string }

/** Where tables of ratios begin, among the tokens of a page, and the plot of each, as HTML. */
export function plotsOf(tokens: readonly Token[]): { at: number; html: string }[] {
  return tokens.flatMap(({ type }, at) => {
    if (type !== 'table_open') return []
    const end = tokens.findIndex((token, index) => index > at && token.type === 'table_close')
    const bars = rowsOf(tokens.slice(at, end)).flatMap(barOf)
    return bars.length < 2 ? [] : [{ at, html: plot(bars) }]
  })
}

/** The texts of a table's cells, row by row. */
function rowsOf(table: readonly Token[]): string[][] {
  const rows: string[][] = []
  for (const { type, content } of table) {
    if (type === 'tr_open') rows.push([])
    if (type === 'inline') rows.at(-1)?.push(content)
  }
  return rows
}

/** A row that says how many times the time or the rate of something else was measured. */
function barOf(cells: readonly string[]): Bar[] {
  const at = cells.findIndex((cell) => /^[\d.]+ times the \w+$/.test(cell))
  if (at < 0) return []
  const [, times, of] = /^([\d.]+) times the (\w+)$/.exec(cells[at]!)!
  const [what = '', beside = ''] = cells.slice(0, at).slice(-2).map(plain)
  return [{ label: beside === '' ? what : `${what}, beside ${beside}`, times: Number(times), of: of! }]
}

const plain = (markdown: string) => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')

/** Bars from nothing to the largest ratio, with a line where both are alike. It repeats the table, so it is not read out. */
function plot(bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ times }) => times))
  const share = (times: number) => ((100 * times) / most).toFixed(2)
  const rows = bars.map(
    ({ label, times, of }) =>
      `<div><span>${escapeHtml(label)}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect width="${share(times)}" height="10" /><line x1="${share(1)}" x2="${share(1)}" y2="10" /></svg><b>${times}× the ${of}</b></div>`,
  )
  return `<div class="plot" aria-hidden="true">${rows.join('')}</div>\n`
}
