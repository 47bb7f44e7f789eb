import { columnAt } from '@cookbook/guide'
import type { CodeLine, Position } from './block.ts'

/** A line of a document in whatever it is embedded, and where its first character stands. */
export type Row = { text: string; at: Position }

/** The lines of a file. */
export const rowsOf = (lines: readonly string[], file: string): Row[] =>
  lines.map((text, index) => ({ text, at: { file, line: index + 1, column: 1 } }))

/** The row without its first characters. */
export const cut = ({ text, at }: Row, length: number): Row => ({
  text: text.slice(length),
  at: { ...at, column: at.column + columnAt(text, length) - 1 },
})

/** How far a line is indented, in characters; all of a blank one. */
export const indentOf = (text: string): number => text.length - text.trimStart().length

/** The rows without the indentation that all of them share, blank ones aside. */
export function dedented(rows: readonly Row[]): Row[] {
  const least = rows.reduce(
    (least, { text }) => (text.trim() === '' ? least : Math.min(least, indentOf(text))),
    Number.POSITIVE_INFINITY,
  )
  return rows.map((row) => cut(row, Math.min(least, indentOf(row.text))))
}

export const codeLine = ({ text, at }: Row): CodeLine => ({ text, at, hidden: false })
