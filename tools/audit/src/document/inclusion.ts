import type { CodeLine } from './block.ts'
import { type Row, rowsOf } from './row.ts'

/** What a page shows of another file. */
export type Inclusion = {
  /** What asks for it, as findings name it: `literalinclude`, `<<<`. */
  by: string
  /** The file, as the page writes it. */
  target: string
  /** The folders that the target may be relative to, the first one first: the page's own, that of its site. */
  relativeTo: readonly ('page' | 'site')[]
  /** Chooses the rows that are shown, or says in words what is not there. `name` is the file's as findings name it. */
  select: (rows: readonly Row[], name: string) => readonly Row[] | string
}

/** What a file holds that a page includes. Of one that may not be read here (`withheld`), the page is not to blame. */
export type Loaded =
  | { kind: 'loaded'; rows: readonly Row[]; name: string; path: string }
  | { kind: 'missing' | 'withheld'; message: string }

/** Reads a file that the page at `page`, a path, includes. */
export type Load = (
  inclusion: Pick<Inclusion, 'by' | 'target' | 'relativeTo'>,
  page: string,
) => Promise<Loaded>

/** A line of a block that stands for what another file holds; it is replaced where that file can be read. */
export type IncludingLine = CodeLine & { inclusion: Inclusion }

export const isIncluding = (line: CodeLine): line is IncludingLine => 'inclusion' in line

/** All rows of a file. */
export const textRows = (text: string, file: string): Row[] => {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return rowsOf(lines, file)
}

export const all = (rows: readonly Row[]): readonly Row[] => rows

/** `3`, `3-12`, `12-`, `-3` and lists of these, 1-based, as Sphinx, VitePress and AsciiDoc write them. */
export function lineRanges(list: string, separators = /[,;]/): Inclusion['select'] {
  return (rows, name) => {
    const chosen: Row[] = []
    for (const part of list.split(separators, MOST_RANGES)) {
      const found = /^\s*(\d*)\s*(?:(-|\.\.|:)\s*(-?\d*))?\s*$/.exec(part)
      if (found === null || part.trim() === '') return `${part.trim()} is no range of lines`
      const [, first, dash, last = ''] = found
      const from = first === '' ? 1 : Number(first)
      const to = dash === undefined ? from : last === '' || last === '-1' ? rows.length : Number(last)
      if (from > rows.length || from < 1) return `${name} has ${rows.length} lines, and not a line ${from}`
      for (const row of rows.slice(from - 1, to)) {
        if (chosen.length > rows.length * 4) return `${list} names too many lines`
        chosen.push(row)
      }
    }
    return chosen
  }
}

const MOST_RANGES = 100

/** The region between two marker lines of the same name; `begins` and `ends` recognize them, `isMarker` any marker. */
export function between(
  wanted: string,
  begins: (text: string) => boolean,
  ends: (text: string) => boolean,
  isMarker: (text: string) => boolean,
): Inclusion['select'] {
  return (rows, name) => {
    const start = rows.findIndex(({ text }) => begins(text))
    if (start < 0) return `${name} has no ${wanted}`
    const length = rows.slice(start + 1).findIndex(({ text }) => ends(text))
    const shown = length < 0 ? rows.slice(start + 1) : rows.slice(start + 1, start + 1 + length)
    return shown.filter(({ text }) => !isMarker(text))
  }
}
