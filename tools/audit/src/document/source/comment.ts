import type { Position } from '../block.ts'
import { cut, indentOf, type Row, rowsOf } from '../row.ts'

/** A part of a source file's text, by the offsets of its first character and the one after its last. */
export type Span = { from: number; to: number }

/** A text's rows, and where offsets of it are. */
export type Source = { text: string; file: string; starts: readonly number[]; rows: readonly Row[] }

export function sourceOf(text: string, file: string): Source {
  const lines = text.split(/\r\n|\n|\r/)
  const starts: number[] = []
  for (let at = 0, row = 0; row < lines.length; row++) {
    starts.push(at)
    at += lines[row]!.length
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return { text, file, starts, rows: rowsOf(lines, file) }
}

/** The row, from 0, that holds an offset. */
export function rowOf({ starts }: Source, offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}

export const positionOf = (source: Source, offset: number): Position => {
  const row = rowOf(source, offset)
  return cut(source.rows[row]!, offset - source.starts[row]!).at
}

/** The rows of a part of a source, the first and the last cut to it. */
export function rowsIn(source: Source, { from, to }: Span): Row[] {
  const rows: Row[] = []
  for (let row = rowOf(source, from); row < source.starts.length; row++) {
    const start = source.starts[row]!
    if (start > to || (start === to && row > rowOf(source, from))) break
    const whole = source.rows[row]!
    const ended = { ...whole, text: whole.text.slice(0, Math.max(0, to - start)) }
    rows.push(cut(ended, Math.max(0, from - start)))
  }
  return rows
}

/** The text of a block comment, its markers taken off: without rows of stars, and without the star that begins each row. */
export function withoutStars(rows: readonly Row[]): Row[] {
  const isRuler = ({ text }: Row) => /^\s*\**\s*$/.test(text.slice(0, 1_000))
  let shown = [...rows]
  if (shown.length > 1 && /^\*+\s*$/.test(shown[0]!.text.slice(0, 1_000))) shown = shown.slice(1)
  if (shown.length > 1 && isRuler(shown.at(-1)!)) shown = shown.slice(0, -1)
  const [first, ...others] = shown
  if (first === undefined) return []
  const filled = others.filter(({ text }) => text.trim() !== '')
  const columns = new Set(filled.map(({ text }) => (text[indentOf(text)] === '*' ? indentOf(text) : -1)))
  if (filled.length === 0 || columns.has(-1) || columns.size !== 1) return shown
  const [column] = columns
  return [first, ...others.map((row) => cut(row, Math.min(column! + 1, row.text.length)))]
}
