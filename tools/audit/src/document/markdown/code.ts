import { type Fence, readCodeBlocks, readFences } from '@cookbook/guide'
import type { CodeLine } from '../block.ts'
import type { Draft } from '../drafts.ts'
import { codeLine, cut, type Row } from '../row.ts'
import { type Directive, givenBy, readOptions } from '../sphinx/directive.ts'
import { readRst } from '../sphinx/rst.ts'
import { withoutContainers } from './containers.ts'
import type { Dialect, Report } from './dialect.ts'
import { readInfo } from './info.ts'
import { snippetLines } from './snippet-line.ts'
import { standaloneBlocks } from './standalone.ts'

/** How deep directives lie in each other. */
const DEEPEST = 8

/** The blocks of code of Markdown, in their order. */
export function draftsOf(rows: readonly Row[], dialect: Dialect, report: Report, depth = 0): Draft[] {
  const texts = rows.map(({ text }) => text)
  const fences = dialect.mdx ? readFences(texts) : readCodeBlocks(texts)
  const drafts = fences.flatMap((fence) => ofFence(fence, rows, dialect, report, depth))
  const outside = rowsOutside(rows, fences)
  return [...drafts, ...standaloneBlocks(outside, dialect, report)].sort((a, b) => a.from - b.from)
}

/** The rows of which no fence is made; those of fences are blank. */
function rowsOutside(rows: readonly Row[], fences: readonly Fence[]): Row[] {
  const left = [...rows]
  for (const { line, endLine } of fences)
    for (let at = line - 1; at < endLine; at++) left[at] = { ...left[at]!, text: '' }
  return left
}

function ofFence(
  fence: Fence,
  rows: readonly Row[],
  dialect: Dialect,
  report: Report,
  depth: number,
): Draft[] {
  const opening = rows[fence.line - 1]!
  const place = cut(opening, fence.column - 1).at
  if (!fence.closed && !dialect.rustdoc) report(place, 'this fence is never closed')
  const content = fence.content.map((text, at): CodeLine => {
    const row = rows[fence.first - 1 + at]
    return row === undefined
      ? { text, at: place, hidden: false }
      : codeLine({ text, at: cut(row, fence.indents[at]!).at })
  })
  const base = {
    ...{ from: fence.line - 1, to: fence.endLine - 1 },
    ...place,
    endLine: rows[fence.endLine - 1]?.at.line ?? place.line,
  }
  const directive = /^\{([A-Za-z][\w:.+-]*)\}[ \t]*(.*)$/.exec(fence.info.slice(0, 1_000))
  if (directive !== null) {
    const read: Directive = { name: directive[1]!, argument: directive[2]!, ...readOptions(content) }
    const nested = (drafts: readonly Draft[]) =>
      // What lies within lies where the fence has it.
      drafts.map((draft) => ({
        ...draft,
        from: draft.from + fence.first - 1,
        to: draft.to + fence.first - 1,
      }))
    const inner = content.map(({ text, at }) => ({ text, at }))
    if (read.name === 'eval-rst' && depth < DEEPEST) return nested(readRst(inner, report).drafts)
    const given = givenBy(read, { text: '', at: place })
    if (given.kind === 'code') {
      const { lang, attributes, lines } = given
      return [{ ...base, lang, attributes, lines }]
    }
    if (given.kind === 'text' && depth < DEEPEST)
      return nested(draftsOf(withoutContainers(inner, dialect.mdx ?? false), dialect, report, depth + 1))
    const other = { ...base, lang: read.name.toLowerCase(), attributes: [], lines: content }
    const isLost = read.name === 'include' || read.name === 'literalinclude' || hasFence(inner)
    if (given.kind === 'unread' && isLost) return [{ ...other, unread: given.why }]
    // Of some tools it is the language that stands between braces.
    if (given.kind === 'other') return [other]
  }
  const [lang, attributes] = readInfo(fence.info)
  return [{ ...base, lang, attributes, lines: snippetLines(content) }]
}

const hasFence = (rows: readonly Row[]): boolean => rows.some(({ text }) => /^\s*(?:`{3}|~{3})/.test(text))
