import { cut, type Row } from '../row.ts'
import { positionOf, rowsIn, type Source, type Span } from './comment.ts'
import { pastToken, stringEnd } from './rust-tokens.ts'

/** A run of rows; or the path of the file that `#[doc = include_str!("…")]` takes. */
export type Fragment = { kind: 'rows'; rows: readonly Row[] } | { kind: 'file'; path: string; at: Row['at'] }

/** What an attribute says of documentation: `doc = "…"`, `doc = include_str!("…")`, within `cfg_attr` too. */
export function attributed(source: Source, { from, to }: Span): Fragment[] {
  const text = source.text.slice(from, Math.min(to, from + LONGEST))
  const found = /^#!?\[\s*(?:cfg_attr\s*\([^"]*?,\s*)?doc\s*=\s*(?:include_str!\s*[({]\s*(?=r?#*"))?/.exec(
    text,
  )
  if (found === null) return []
  const start = from + found[0].length
  const literal = stringAt(source, start)
  if (literal === null) return []
  if (!found[0].includes('include_str!')) return [{ kind: 'rows', rows: literal }]
  return [{ kind: 'file', path: literal.map(({ text }) => text).join('\n'), at: positionOf(source, start) }]
}

const LONGEST = 1_000_000

/** The rows of a string literal; where it has escapes, a row is where its first character is. */
function stringAt(source: Source, at: number): Row[] | null {
  const raw = /^r(#{0,255})"/.exec(source.text.slice(at, at + 260))
  if (raw !== null) {
    const from = at + raw[0].length
    return rowsIn(source, { from, to: pastToken(source.text, at) - 1 - raw[1]!.length })
  }
  if (source.text[at] !== '"') return null
  return rowsIn(source, { from: at + 1, to: stringEnd(source.text, at) - 1 }).flatMap(unescaped)
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  r: '\r',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

/** The rows that a row of a string stands for: `\n` begins another. */
function unescaped(row: Row): Row[] {
  const rows: Row[] = []
  let from = 0
  for (const part of row.text.split(/(?<!\\)\\n/)) {
    const text = part.replace(
      /\\(?:x([0-7][0-9a-fA-F])|u\{([0-9a-fA-F]{1,6})\}|(.))/gu,
      (_, byte, code, sign) =>
        byte !== undefined || code !== undefined
          ? character(Number.parseInt(byte ?? code, 16))
          : (ESCAPES[sign] ?? sign),
    )
    rows.push({ text, at: cut(row, from).at })
    from += part.length + 2
  }
  return rows
}

const character = (code: number) => (code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code))
