import type { Code, Nodes } from 'mdast'
import type { Block } from './block.ts'
import type { Page } from './markdown.ts'
import { readPage } from './page.ts'

/** A fenced block of any page, its source unknown. Lines are 1-based; columns count UTF-16 units from 1. */
export type Fence = {
  /** The opening fence, and the closing one, or the last line of a block that is never closed. */
  line: number
  column: number
  endLine: number
  closed: boolean
  /** What follows the opening fence's own characters. */
  info: string
  /** Free of container prefixes; `indents` counts what was before each line. */
  content: readonly string[]
  indents: readonly number[]
}

/** The fenced blocks of a page, in order. */
export function readFences(lines: readonly string[]): Fence[] {
  const page = readPage(lines, 'fences')
  return [...codes(page.root)].flatMap((node) => {
    const block = blockOf(node, page, lines)
    if (block === null) return []
    const { line, column } = node.position!.start
    const opening = lines[line - 1]!.slice(column - 1)
    const { closed, endLine, content } = block
    const indents = content.map((text, at) => Math.max(0, (lines[line + at]?.length ?? 0) - text.length))
    const info = opening.slice(/^(?:`+|~+)/.exec(opening)![0].length).trim()
    return [{ line, column, endLine, closed, info, content, indents }]
  })
}

export function* codes(node: Nodes): Generator<Code> {
  if (node.type === 'code') yield node
  else if ('children' in node) for (const child of node.children) yield* codes(child)
}

/** A code node with the lines that it fills, or `null` for an indented block. */
export function blockOf(node: Code, { closed, unclosed }: Page, lines: readonly string[]): Block | null {
  if (!closed.has(node) && !unclosed.has(node)) return null
  const { start, end } = node.position!
  const rows = end.line - start.line - (closed.has(node) ? 1 : 0)
  // From the first column on nothing is stripped, and the page may have left `value` empty.
  const bare = start.column === 1 ? lines.slice(start.line, start.line + rows) : node.value.split('\n')
  return { node, closed: closed.has(node), endLine: end.line, content: rows > 0 ? bare : [] }
}
