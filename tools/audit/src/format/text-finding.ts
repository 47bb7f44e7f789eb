import { fold } from '@cookbook/guide'
import type { JudgedFinding } from './finding/judged.ts'
import { excerpt, type Quote } from './finding/quote.ts'
import { shown, shownLine } from './finding/shown.ts'
import type { Paint } from './paint.ts'

const DETAIL_LINES = 20

/** A finding below its block: where, what, the offending line, and a compiler's own words. */
export function findingLines(
  { finding, standing }: JudgedFinding,
  quote: Quote,
  paint: Paint,
  width: number,
): string[] {
  const { file, line, column, rule, level, message, block, lint } = finding
  // Its block is named in the line above.
  const atFence = block !== null && block.file === file && block.line === line
  const place = atFence ? '' : `${shownLine(file)}:${line}:${column} `
  const sure = lint === null ? '' : ` (${lint.sureness})`
  const known = standing === 'known' ? ' [in the baseline]' : ''
  const color = standing === 'known' ? 'dim' : level === 'error' ? 'red' : 'yellow'
  return [
    fold(`    ${place}${paint(color, shownLine(rule))}${sure}: ${shownLine(message)}${known}`, width),
    ...offending(finding, quote),
    ...detailLines(finding.detail).map((words) => `      ${paint('dim', words)}`),
  ]
}

/** All that a finding says, made safe: its message and the lines below it. */
export const messageOf = ({ message, detail }: JudgedFinding['finding']): string =>
  [shownLine(message), ...detailLines(detail)].join('\n')

/** The lines below a message, made safe, to a bearable number. */
export function detailLines(detail: readonly string[]): string[] {
  const lines = detail.flatMap((words) => words.split('\n'))
  const more = lines.length - DETAIL_LINES
  const kept = lines.slice(0, DETAIL_LINES).map(shown)
  return more > 0 ? [...kept, `and ${more} more lines`] : kept
}

function offending({ file, line, column }: JudgedFinding['finding'], quote: Quote): string[] {
  const code = quote.line({ file, line })
  if (code === null) return []
  const { before, after } = excerpt(code, column)
  const head = shown(before)
  const gutter = ' '.repeat(String(line).length)
  return [`      ${line} | ${head}${shown(after)}`, `      ${gutter} | ${head.replace(/[^\t]/gu, ' ')}^`]
}
