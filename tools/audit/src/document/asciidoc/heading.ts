import { BOUNDS } from '../bounds.ts'
import type { Row } from '../row.ts'

/** `== Part`, or a title with a line of signs of its length below it. */
export function headingAt(
  rows: readonly Row[],
  at: number,
): { depth: number; text: string; rows: number } | null {
  const text = rows[at]!.text.slice(0, BOUNDS.lineCharacters).trimEnd()
  const found = /^(={1,6}|#{1,6})[ \t]+(\S.*)$/.exec(text)
  if (found !== null) return { depth: found[1]!.length, text: found[2]!, rows: 1 }
  const under = rows[at + 1]?.text.trimEnd() ?? ''
  const depth = '=-~^+'.indexOf(under[0] ?? ' ') + 1
  const isUnder = depth > 0 && under.length < BOUNDS.lineCharacters && /^(.)\1+$/.test(under)
  if (!isUnder || Math.abs(under.length - text.length) > 1 || !/^\w/.test(text)) return null
  const isFirst = at === 0 || rows[at - 1]!.text.trim() === ''
  return isFirst ? { depth, text, rows: 2 } : null
}

/** Words as Markdown has them: code between backticks, without the signs of emphasis. */
export const textOf = (text: string): string =>
  text.replace(/`\+|\+`/g, '`').replace(/^(?:[*.-]+|\d+\.)[ \t]+/, '')
