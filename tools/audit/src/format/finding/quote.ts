import type { CodeLine, Page, Position } from '../../document/block.ts'

/** What the guide's blocks hold, by the place where it stands. */
export type Quote = {
  /** The line of code at a place; `null` where there is none. */
  line(place: Pick<Position, 'file' | 'line'>): CodeLine | null
  /** The first line of code of the block whose opening fence is at a place, blank ones aside. */
  first(place: Pick<Position, 'file' | 'line'>): CodeLine | null
  /** The pages, and the files that they include. */
  files: ReadonlySet<string>
}

const WIDTH = 120
const BEFORE = 60

/** Looks at nothing but the pages: what they quote is what was audited. */
export function quoteOf(pages: readonly Page[]): Quote {
  const blocks = pages.flatMap((page) => page.blocks)
  const all = blocks.flatMap(({ lines }) => lines.filter(({ added }) => !added))
  const lines = new Map(all.map((line) => [key(line.at), line]))
  const firsts = new Map(
    blocks.map((block) => [
      key(block),
      block.lines.find(({ text, added }) => !added && text.trim() !== '') ?? null,
    ]),
  )
  return {
    line: (place) => lines.get(key(place)) ?? null,
    first: (place) => firsts.get(key(place)) ?? null,
    files: new Set([...pages.map(({ file }) => file), ...all.map(({ at }) => at.file)]),
  }
}

const key = ({ file, line }: Pick<Position, 'file' | 'line'>) => `${line} ${file}`

/** A line of bearable length, cut in two at a column. */
export function excerpt({ text, at }: CodeLine, column: number): { before: string; after: string } {
  // A line of a megabyte is not taken apart for nothing.
  const characters = /[\ud800-\udfff]/.test(text) ? [...text] : text
  const part = (from: number, to: number) => {
    const kept = characters.slice(from, to)
    return typeof kept === 'string' ? kept : kept.join('')
  }
  const { length } = characters
  const index = Math.min(Math.max(0, column - at.column), length)
  const from = length <= WIDTH ? 0 : Math.max(0, Math.min(index - BEFORE, length - WIDTH))
  const to = length <= WIDTH ? length : from + WIDTH
  return {
    before: `${from > 0 ? '...' : ''}${part(from, index)}`,
    after: `${part(index, to)}${to < length ? '...' : ''}`,
  }
}
