import type { Heading, Position } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import type { Draft, Prose } from '../drafts.ts'
import { codeLine, cut, dedented, indentOf, type Row } from '../row.ts'
import { givenBy, readOptions, trimmed } from './directive.ts'

/** The blocks of reStructuredText, and what stands before each and after the last. */
export type Rst = { drafts: Draft[]; gaps: Prose[][] }

type Report = (at: Position, message: string) => void
type State = {
  drafts: Draft[]
  prose: Map<number, Prose>
  styles: string[]
  highlight: string
  report: Report
}

/** How deep directives lie in each other. */
const DEEPEST = 32

/** Reads the structure of blocks alone: sections, directives, literal blocks and comments. */
export function readRst(rows: readonly Row[], report: Report): Rst {
  const state: State = { drafts: [], prose: new Map(), styles: [], highlight: '', report }
  read(rows, 0, state, 0)
  const gaps: Prose[][] = [[]]
  const ends = [...state.drafts.map(({ from, to }) => ({ from, to })), { from: rows.length, to: rows.length }]
  let next = 0
  for (const { from, to } of ends) {
    for (; next < from; next++) {
      const part = state.prose.get(next)
      if (part !== undefined) gaps.at(-1)!.push(part)
    }
    next = to + 1
    if (from < rows.length) gaps.push([])
  }
  return { drafts: state.drafts, gaps }
}

/** Reads rows that begin at row `offset` of the document. */
function read(rows: readonly Row[], offset: number, state: State, depth: number): void {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const indent = indentOf(row.text)
    if (indent === row.text.length) {
      state.prose.set(offset + at, { kind: 'words', text: '' })
      continue
    }
    const bare = row.text.slice(indent, indent + BOUNDS.lineCharacters).trimEnd()
    const heading = indent === 0 && depth === 0 ? headingAt(rows, at, state.styles) : null
    if (heading !== null) {
      state.prose.set(offset + at, { kind: 'heading', heading: heading.heading })
      at += heading.rows - 1
      continue
    }
    if (bare === '..' || bare.startsWith('.. ')) {
      const end = endOfBody(rows, at, indent)
      explicit(rows, at, end, offset, state, depth, bare, indent)
      at = end - 1
      continue
    }
    state.prose.set(offset + at, { kind: 'words', text: textOf(bare) })
    if (!bare.endsWith('::')) continue
    // A paragraph that ends with two colons, and the deeper block after it.
    if (rows[at + 1] !== undefined && rows[at + 1]!.text.trim() !== '') continue
    const end = endOfBody(rows, at, indent)
    let first = at + 1
    while (first < end && rows[first]!.text.trim() === '') first++
    if (first >= end) continue
    state.drafts.push(literal(rows.slice(first, end), offset + first, state.highlight))
    at = end - 1
  }
}

function literal(body: readonly Row[], from: number, lang: string): Draft {
  const lines = dedented(body)
  const { file, line, column } = lines[0]!.at
  return {
    ...{ lang, attributes: [], lines: lines.map(codeLine), file, line, column },
    ...{ from, to: from + body.length - 1, endLine: lines.at(-1)!.at.line },
  }
}

/** The row after the last that is indented deeper than a row. */
function endOfBody(rows: readonly Row[], at: number, indent: number): number {
  let end = at + 1
  for (let next = at + 1; next < rows.length; next++) {
    const { text } = rows[next]!
    const own = indentOf(text)
    if (own === text.length) continue
    if (own <= indent) break
    end = next + 1
  }
  return end
}

function explicit(
  rows: readonly Row[],
  at: number,
  end: number,
  offset: number,
  state: State,
  depth: number,
  bare: string,
  indent: number,
): void {
  const row = rows[at]!
  const found = /^\.\. +(?:\|[^|]*\| +)?([A-Za-z][\w:.+-]*?) ?:: *(.*)$/.exec(bare)
  // A comment, a target, a footnote.
  if (found === null) return
  const [, name = '', argument = ''] = found
  if (name === 'highlight') state.highlight = argument.split(/\s/)[0]!.toLowerCase()
  const own = dedented(rows.slice(at + 1, end))
  const { options, body } = readOptions(own)
  const place = cut(row, indent)
  const given = givenBy({ name, argument, options, body: trimmed(body) }, { text: '', at: place.at })
  const base = {
    ...{ from: offset + at, to: offset + end - 1, ...place.at },
    endLine: rows[end - 1]!.at.line,
  }
  if (given.kind === 'code') {
    const { attributes, lines } = given
    state.drafts.push({ ...base, lang: given.lang || state.highlight, attributes, lines })
  } else if (given.kind === 'unread')
    state.drafts.push({ ...base, lang: '', attributes: [], lines: own.map(codeLine), unread: given.why })
  else if (given.kind === 'text' && depth >= DEEPEST)
    state.report(place.at, 'this is nested too deep; what is inside is not read or tried')
  else if (given.kind === 'text') {
    if (argument !== '') state.prose.set(offset + at, { kind: 'words', text: textOf(argument) })
    read(body, offset + end - body.length, state, depth + 1)
  }
}

const LINE = /^([!-/:-@[-`{-~])\1*$/

/** A title with its line below, and perhaps one above; the depth of a style is when it came first. */
function headingAt(
  rows: readonly Row[],
  at: number,
  styles: string[],
): { heading: Heading; rows: number } | null {
  const text = (index: number) => rows[index]?.text.slice(0, BOUNDS.lineCharacters).trimEnd() ?? ''
  const over = LINE.test(text(at)) && LINE.test(text(at + 2)) && text(at)[0] === text(at + 2)[0]
  const title = text(over ? at + 1 : at)
  const under = text(over ? at + 2 : at + 1)
  if (title.trim() === '' || !LINE.test(under) || (over && LINE.test(title))) return null
  if (!over && (LINE.test(title) || under.length < Math.min(title.trim().length, 4))) return null
  const style = `${over ? 2 : 1}${under[0]}`
  if (!styles.includes(style)) styles.push(style)
  return {
    heading: {
      depth: styles.indexOf(style) + 1,
      text: textOf(title.trim()),
      line: rows[over ? at + 1 : at]!.at.line,
    },
    rows: over ? 3 : 2,
  }
}

/** Words as Markdown has them: code between single backticks, no roles. */
const textOf = (text: string): string =>
  text
    .replace(/(?<![\w:]):[\w:+-]{1,50}:(?=`)/g, '')
    .replace(/``/g, '`')
    .replace(/^::$/, '')
    .replace(/::$/, ':')
