import { createRequire } from 'node:module'
import type { Token } from 'markdown-it'
import { boundary, fenceEnd, isPlain, shallow } from './block-boundaries.ts'

/** A fenced block of any page, its source unknown. Lines are 1-based; columns count UTF-16 units from 1. */
export type Fence = {
  /** The opening fence, and the closing one, or the last line of a block that is never closed. */
  line: number
  column: number
  endLine: number
  closed: boolean
  /** What follows the opening fence's own characters. */
  info: string
  /** The line of the first row of `content`, whether or not there is one. */
  first: number
  /** Free of container prefixes; `indents` counts what was before each line. */
  content: readonly string[]
  indents: readonly number[]
}

/**
 * The fenced blocks of a page, in order, in linear time whatever it holds. A fence in the first column needs no parser;
 * from the first line on that may begin one elsewhere, a parser of blocks alone reads the rest.
 */
export const readFences = (lines: readonly string[]): Fence[] => read(lines, false)

/** All blocks of code of a page, those too that are indented by four columns and have no fence. */
export const readCodeBlocks = (lines: readonly string[]): Fence[] => read(lines, true)

function read(lines: readonly string[], indented: boolean): Fence[] {
  const found: Fence[] = []
  for (let at = 0; at < lines.length; ) {
    const end = fenceEnd(lines, at)
    const next = end === null ? boundary(lines, at + 1) : end + 1
    if (end !== null) found.push(fence(lines, at, 0, end, true, lines.slice(at + 1, end)))
    else if (!isPlain(lines, at, next)) return [...found, ...parsed(lines, at, indented)]
    at = next
  }
  return found
}

function parsed(lines: readonly string[], from: number, indented: boolean): Fence[] {
  parse ??= load()
  const shown = lines.slice(from).map(shallow)
  return parse(shown.join('\n')).flatMap(({ type, map, markup, info, content }) => {
    if (map === null || (type !== 'fence' && !(indented && type === 'code_block'))) return []
    const [start, end] = map
    const rows = content === '' ? [] : content.replace(/\n$/, '').split('\n')
    if (type === 'code_block') return withoutFence(lines, from + start, rows)
    const closed = end - start - 1 > rows.length
    const column = shown[start]!.length - info.length - markup.length
    return [fence(lines, from + start, column, from + end - 1, closed, rows)]
  })
}

function withoutFence(lines: readonly string[], at: number, content: readonly string[]): Fence {
  const indents = indentsOf(lines, at, content)
  const column = (indents[0] ?? 0) + 1
  const line = at + 1
  return { line, column, first: line, endLine: at + content.length, closed: true, info: '', content, indents }
}

const indentsOf = (lines: readonly string[], from: number, content: readonly string[]): number[] =>
  content.map((text, row) => Math.max(0, (lines[from + row]?.length ?? 0) - text.length))

function fence(
  lines: readonly string[],
  at: number,
  column: number,
  end: number,
  closed: boolean,
  content: readonly string[],
): Fence {
  const indents = indentsOf(lines, at + 1, content)
  const info = lines[at]!.slice(column)
    .replace(/^(?:`+|~+)/, '')
    .trim()
  return { line: at + 1, column: column + 1, first: at + 2, endLine: end + 1, closed, info, content, indents }
}

const DEEPEST = 200

// Loaded when the first page needs it: whoever imports this package for something else does not wait.
const require = createRequire(import.meta.url)
let parse: ReturnType<typeof load> | null = null
function load() {
  const MarkdownIt = require('markdown-it') as typeof import('markdown-it').default
  const footnote = require('markdown-it-footnote') as typeof import('markdown-it-footnote')
  const reader = MarkdownIt('commonmark', { maxNesting: DEEPEST }).use(footnote)
  // To find blocks, a definition is a paragraph; and what stands within a line is not looked at.
  reader.block.ruler.disable('reference')
  return (text: string) => {
    const tokens: Token[] = []
    reader.block.parse(text, reader, {}, tokens)
    return tokens
  }
}
