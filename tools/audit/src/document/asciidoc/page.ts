import type { CodeLine, Position } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import { blocksOf, type Draft, type Prose, titleOf } from '../drafts.ts'
import { languageOf, namesOf } from '../file-name.ts'
import { type ReadPage, readRows } from '../read-rows.ts'
import { cut, dedented, type Row } from '../row.ts'
import { type Attributes, entryIn, readAttributes, resolved } from './attributes.ts'
import { headingAt, textOf } from './heading.ts'
import { codeOf, includeIn, withoutCallouts } from './include.ts'

/** What stands before a block and is about it. */
type Meta = { style: string; attributes: Attributes; title: string | null }

type State = {
  drafts: Draft[]
  gaps: Prose[][]
  known: Map<string, string>
  report: (at: Position, message: string) => void
}

/** Reads a page of AsciiDoc: the structure of its blocks alone. */
export function readAsciidoc(input: Uint8Array | string, file: string): ReadPage {
  const { rows, troubles } = readRows(input, file)
  const report = (at: Position, message: string) => troubles.push({ ...at, message, detail: [] })
  const state: State = { drafts: [], gaps: [[]], known: new Map(), report }
  read(rows, state)
  const { blocks, headings } = blocksOf(state.drafts, state.gaps)
  return { page: { file, title: titleOf(headings, file), blocks }, troubles }
}

const NOTHING: Attributes = { positional: [], named: new Map() }
const PLAIN: Meta = { style: '', attributes: NOTHING, title: null }
/** What encloses text with its own first and last line. */
const CONTAINER = /^(?:={4,}|\*{4,}|_{4,}|--|[|,:!]={3,})$/
const VERBATIM = /^(-{4,}|\.{4,}|`{3,}|\+{4,}|\/{4,})(.*)$/

function read(rows: readonly Row[], state: State): void {
  let meta = PLAIN
  const words = (text: string) => state.gaps.at(-1)!.push({ kind: 'words', text: textOf(text) })
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const text = row.text.slice(0, BOUNDS.lineCharacters).trimEnd()
    if (text === '') {
      words('')
      continue
    }
    const entry = entryIn(text)
    if (entry !== null) {
      state.known.set(entry.name, resolved(entry.value, state.known))
      continue
    }
    if (/^\/\/(?!\/)/.test(text) || /^(?:ifdef|ifndef|ifeval|endif)::/.test(text)) continue
    const list = /^\[([^[\]]*)\]$/.exec(text)?.[1]
    if (list !== undefined) {
      const attributes = readAttributes(list)
      const style = (attributes.positional[0] ?? '').split(/[%.#]/)[0]!.trim()
      meta = { ...meta, attributes, style: style || (attributes.positional[1] ? 'source' : '') }
      continue
    }
    const title = /^\.([^\s.].*)$/.exec(text)?.[1]
    if (title !== undefined) {
      meta = { ...meta, title: resolved(title, state.known) }
      words(meta.title!)
      continue
    }
    const verbatim = VERBATIM.exec(text)
    const isOpen = text === '--' && isCode(meta)
    if (isOpen || (verbatim !== null && (verbatim[2] === '' || verbatim[1]!.startsWith('`')))) {
      const mark = isOpen ? '--' : verbatim![1]!
      at = delimited(rows, at, mark, isOpen ? '' : verbatim![2]!.trim(), meta, state)
      meta = PLAIN
      continue
    }
    const heading = headingAt(rows, at)
    if (heading !== null) {
      state.gaps.at(-1)!.push({
        kind: 'heading',
        heading: {
          depth: heading.depth,
          text: textOf(resolved(heading.text, state.known)),
          line: row.at.line,
        },
      })
      at += heading.rows - 1
    } else if (CONTAINER.test(text)) words('')
    else if (text.startsWith('include::')) included(row, state)
    else if (isCode(meta) || (/^[ \t]/.test(row.text) && (rows[at - 1]?.text.trim() ?? '') === ''))
      at = paragraph(rows, at, meta, state)
    else words(text)
    meta = PLAIN
  }
}

const isCode = ({ style }: Meta): boolean => style === 'source' || style === 'listing'

/** A block between two lines that are the same; answers its last row. */
function delimited(
  rows: readonly Row[],
  at: number,
  mark: string,
  info: string,
  meta: Meta,
  state: State,
): number {
  let end = at + 1
  while (end < rows.length && rows[end]!.text.trimEnd() !== mark) end++
  if (mark.startsWith('/')) return Math.min(end, rows.length - 1)
  if (end === rows.length) state.report(rows[at]!.at, 'this block is never closed')
  const fenced = mark.startsWith('`') ? { ...meta, style: 'source' } : meta
  const language = info.split(/[,\s]/)[0]!
  const isText = /^[.+]/.test(mark) && !isCode(meta)
  push(
    rows.slice(at + 1, end),
    at,
    Math.min(end, rows.length - 1),
    rows,
    fenced,
    isText ? 'text' : language,
    state,
  )
  return Math.min(end, rows.length - 1)
}

/** Code without lines around it goes to the next blank line; so does what is indented. */
function paragraph(rows: readonly Row[], at: number, meta: Meta, state: State): number {
  let end = at
  while (end < rows.length && rows[end]!.text.trim() !== '' && rows[end]!.text.trim() !== '+') end++
  const content = rows.slice(at, end)
  push(isCode(meta) ? content : dedented(content), at, end - 1, rows, meta, '', state)
  return end - 1
}

function push(
  content: readonly Row[],
  from: number,
  to: number,
  rows: readonly Row[],
  meta: Meta,
  said: string,
  state: State,
): void {
  const { positional, named } = meta.attributes
  const usual = meta.style === 'source' ? (state.known.get('source-language') ?? '') : ''
  const lang = said || named.get('language') || (meta.style === 'source' ? positional[1] : '') || usual
  const names = ['title', 'file', 'filename'].flatMap((key) => named.get(key) ?? [])
  const lines: CodeLine[] = []
  let unread: string | undefined
  let included: string | null = null
  for (const row of content) {
    const include = includeIn(row.text, state.known)
    if (include?.kind === 'unread') unread ??= include.why
    else if (include !== null) {
      included = include.inclusion.target
      lines.push({ ...codeOf(row), inclusion: include.inclusion } as CodeLine)
    } else if (/^(?:ifdef|ifndef|ifeval)::/.test(row.text))
      unread ??= 'a condition within code is not understood'
    else if (/^endif::/.test(row.text)) continue
    // A backslash shows what would else be followed.
    else if (/^\\(?:include|ifdef|ifndef|ifeval|endif)::/.test(row.text)) lines.push(codeOf(cut(row, 1)))
    else lines.push(codeOf(row))
  }
  const title = meta.title === null ? [] : [`title=${meta.title.replace(/[`*"]/g, '')}`]
  const file = included === null ? [] : namesOf(included)
  state.drafts.push({
    ...{ lang: (lang || (included === null ? '' : languageOf(included))).toLowerCase(), from, to },
    ...rows[from]!.at,
    ...{
      endLine: rows[to]!.at.line,
      attributes: [...title, ...names, ...file],
      lines: lines.map(withoutCallouts),
    },
    ...(unread === undefined ? {} : { unread }),
  })
  state.gaps.push([])
}

/** An include outside of code is a part of another page. */
function included(row: Row, state: State): void {
  const include = includeIn(row.text, state.known)
  if (include === null) return
  const why =
    include.kind === 'unread'
      ? include.why
      : `it includes ${include.inclusion.target} as text, which is not followed`
  const at = state.drafts.at(-1)?.to ?? -1
  state.drafts.push({
    ...{ lang: '', attributes: [], lines: [codeOf(row)], unread: why },
    ...(include.kind === 'unread' ? {} : { includes: include.inclusion.target }),
    ...row.at,
    ...{ endLine: row.at.line, from: at + 1, to: at + 1 },
  })
  state.gaps.push([])
}
