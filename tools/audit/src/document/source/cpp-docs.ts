import { cut, dedented, type Row } from '../row.ts'
import { positionOf, rowsIn, type Source, type Span, withoutStars } from './comment.ts'

/** A comment of Doxygen, and the first line of what it documents. */
export type CppDoc = { item: string; line: number; rows: readonly Row[] }

/** The comments of Doxygen in a file of C or C++, in linear time whatever it holds. */
export function cppDocs(source: Source): CppDoc[] {
  const docs: CppDoc[] = []
  const { text } = source
  for (const { from, to, lines } of comments(text)) {
    const line = positionOf(source, from).line
    docs.push({
      item: itemAfter(text, to),
      line,
      rows: lines ? lineRows(source, lines) : blockRows(source, { from, to }),
    })
  }
  return docs
}

type Comment = Span & { lines: Span[] | null }

/** Block comments that document, and runs of line comments that do. */
function* comments(text: string): Generator<Comment> {
  let run: Span[] = []
  let at = 0
  let isFresh = true
  while (at < text.length) {
    const two = text.slice(at, at + 2)
    if (two === '//') {
      const end = lineEnd(text, at)
      const isDoc = /^\/\/(?:\/(?!\/)|!)/.test(text.slice(at, at + 4))
      // What documents a member may stand behind it.
      if (isDoc && !isFresh && text[at + 3] === '<') yield joined([{ from: at, to: end }])
      else if (isDoc && isFresh) run.push({ from: at, to: end })
      else if (run.length > 0) {
        yield joined(run)
        run = []
      }
      at = end
      continue
    }
    const character = text[at]!
    if (character === '\n') {
      // A blank line ends a run; the line feed after a comment does not.
      if (
        isFresh &&
        run.length > 0 &&
        run.at(-1)!.to < at - 1 &&
        text.slice(run.at(-1)!.to + 1, at).trim() === ''
      ) {
        yield joined(run)
        run = []
      }
      isFresh = true
      at++
      continue
    }
    if (/\s/.test(character)) {
      at++
      continue
    }
    if (run.length > 0) {
      yield joined(run)
      run = []
    }
    if (two === '/*') {
      const found = text.indexOf('*/', at + 2)
      const end = found < 0 ? text.length : found + 2
      if (/^\/\*(?:\*(?![*/])|!)/.test(text.slice(at, at + 4))) yield { from: at, to: end, lines: null }
      at = end
    } else at = pastToken(text, at)
    isFresh = false
  }
  if (run.length > 0) yield joined(run)
}

const joined = (run: Span[]): Comment => ({ from: run[0]!.from, to: run.at(-1)!.to, lines: run })

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function pastToken(text: string, at: number): number {
  const raw = /^R"([^\s()\\]{0,16})\(/.exec(text.slice(at, at + 20))
  if (raw !== null) {
    const end = text.indexOf(`)${raw[1]}"`, at)
    return end < 0 ? text.length : end + raw[1]!.length + 2
  }
  const quote = text[at]!
  if (quote === '"' || quote === "'") {
    let end = at + 1
    for (; end < text.length && text[end] !== quote && text[end] !== '\n'; end++)
      if (text[end] === '\\') end++
    return end + 1
  }
  if (!/\w/.test(quote)) return at + 1
  let end = at + 1
  // A quote within a number parts its digits.
  while (end < text.length && (/\w/.test(text[end]!) || (text[end] === "'" && /^\d/.test(quote)))) end++
  return end
}

/** `///`, `//!` and the `<` of what is documented before them are taken off. */
const lineRows = (source: Source, lines: readonly Span[]): Row[] =>
  dedented(
    lines.flatMap((span) =>
      rowsIn(source, { from: span.from + 3, to: span.to }).map((row) =>
        row.text.startsWith('<') ? cut(row, 1) : row,
      ),
    ),
  )

function blockRows(source: Source, { from, to }: Span): Row[] {
  const closed = source.text.startsWith('*/', to - 2) ? to - 2 : to
  const [first, ...others] = withoutStars(rowsIn(source, { from: from + 3, to: Math.max(from + 3, closed) }))
  return first === undefined ? [] : [first.text.startsWith('<') ? cut(first, 1) : first, ...dedented(others)]
}

const HEAD = 400

/** The declaration that follows a comment, in one line. */
function itemAfter(text: string, from: number): string {
  const head = text.slice(from, from + HEAD).trimStart()
  if (/^\/[/*]/.test(head)) return 'the file'
  const line = /^(?:template\s*<[^>]*>\s*)?[^\n;{]*/.exec(head)?.[0] ?? ''
  return line.replace(/\s+/g, ' ').trim().slice(0, 80) || 'the file'
}
