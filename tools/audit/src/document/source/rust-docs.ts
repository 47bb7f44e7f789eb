import { cut, indentOf } from '../row.ts'
import { rowsIn, type Source, withoutStars } from './comment.ts'
import { attributed, type Fragment } from './rust-attribute.ts'
import { tokens } from './rust-tokens.ts'

/** The documentation of an item, or of the module that it stands in. */
export type RustDoc = {
  /** What it is of: `fn fetch_data`, `the module`. */
  item: string
  /** The line where it begins. */
  line: number
  fragments: readonly Fragment[]
}

/** The documentation in a Rust file, in linear time whatever it holds. */
export function rustDocs(source: Source): RustDoc[] {
  const docs: RustDoc[] = []
  let outer: Fragment[] = []
  let inner: Fragment[] = []
  const close = (fragments: Fragment[], item: string) => {
    const first = fragments[0]
    if (first === undefined) return
    const line = first.kind === 'file' ? first.at.line : (first.rows[0]?.at.line ?? 1)
    docs.push({ item, line, fragments: unindented(fragments) })
  }
  for (const token of tokens(source.text)) {
    if (token.kind === 'code') {
      close(inner, 'the module')
      close(outer, itemAt(source.text, token.from))
      outer = []
      inner = []
      continue
    }
    const own = token.kind === 'inner' || token.kind === 'inner attribute' ? inner : outer
    if (token.kind === 'attribute' || token.kind === 'inner attribute') own.push(...attributed(source, token))
    else {
      const rows = rowsIn(source, token)
      own.push({ kind: 'rows', rows: token.block ? withoutStars(rows) : rows })
    }
  }
  close(inner, 'the module')
  close(outer, 'nothing')
  return docs
}

const HEAD = 300

/** What begins at an offset: `fn fetch_data`, `struct Fetch`. */
function itemAt(text: string, from: number): string {
  const head = text.slice(from, from + HEAD)
  const found =
    /^(?:pub(?:\([^)]*\))?\s+)?(?:default\s+)?(?:(?:const|async|unsafe|extern(?:\s+"[^"]*")?)\s+)*(fn|struct|enum|union|trait|mod|type|static|const|macro_rules!|impl)\s*(?:<[^<>]*>\s*)?([\w]+)?/.exec(
      head,
    )
  return found === null ? (/^\w+/.exec(head)?.[0] ?? 'an item') : `${found[1]} ${found[2] ?? ''}`.trim()
}

/** Without the indentation that all comments of an item share, as rustdoc has it. */
function unindented(fragments: readonly Fragment[]): Fragment[] {
  let least = Number.POSITIVE_INFINITY
  for (const fragment of fragments)
    if (fragment.kind === 'rows')
      for (const { text } of fragment.rows) if (text.trim() !== '') least = Math.min(least, indentOf(text))
  if (least === Number.POSITIVE_INFINITY) return [...fragments]
  return fragments.map((fragment) =>
    fragment.kind === 'file'
      ? fragment
      : { ...fragment, rows: fragment.rows.map((row) => cut(row, Math.min(least, indentOf(row.text)))) },
  )
}
