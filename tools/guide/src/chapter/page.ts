import type { Code, Nodes, RootContent } from 'mdast'
import { boundary, fenceEnd, isPlain, shallow } from '../text/block-boundaries.ts'
import { isClaimsHeading, mayHoldClaims } from './claims.ts'
import { type Page, parseMarkdown } from './markdown.ts'

/**
 * Parses a page of any length in linear time: the Markdown parser's own grows with the square of a page
 * and reads a fence's content character by character. Where a line in the first column closes whatever
 * is open, the page is cut; fences there need no parser, and prose that holds nothing we look for is
 * left out. So the tree has every block of code and HTML, every claim, the first heading of level 1 and
 * the first paragraph, and of the rest only some.
 */
export function readPage(lines: readonly string[]): Page {
  const children: RootContent[] = []
  const closed = new Set<Code>()
  const unclosed = new Set<Code>()
  let claimsDepth = 0
  let titled = false
  let opened = false
  let at = 0
  while (at < lines.length) {
    const fence = fenceEnd(lines, at)
    if (fence !== null) {
      const code = fenced(lines, at, fence)
      children.push(code)
      closed.add(code)
      at = fence + 1
      continue
    }
    const depth = /^#{1,6}(?=\s|$)/.exec(lines[at]!)?.[0].length
    if (depth && depth <= claimsDepth) claimsDepth = 0
    const next = boundary(lines, at + 1)
    const claims = claimsDepth > 0 || mayHoldClaims(lines, at, next)
    if (titled && opened && !claims && isPlain(lines, at, next)) {
      at = next
      continue
    }
    const { part, end } = parseBoundaries(lines, at, next)
    for (const node of part.root.children) {
      shift(node, at)
      children.push(node)
      opened ||= node.type === 'paragraph'
      if (node.type !== 'heading') continue
      titled ||= node.depth === 1
      if (isClaimsHeading(node)) claimsDepth = node.depth
      else if (node.depth <= claimsDepth) claimsDepth = 0
    }
    for (const node of part.closed) closed.add(node)
    for (const node of part.unclosed) unclosed.add(node)
    at = end
  }
  return { root: { type: 'root', children }, closed, unclosed }
}

// A fence or HTML that is still open where the stretch ends goes on: then twice as much is read.
function parseBoundaries(lines: readonly string[], from: number, to: number): { part: Page; end: number } {
  let end = to
  while (true) {
    const part = parseMarkdown(lines.slice(from, end).map(shallow).join('\n'))
    if (end === lines.length || isSettled(part, lines[end - 1]!)) return { part, end }
    end = boundary(lines, Math.min(lines.length, end + (end - from)))
  }
}

function isSettled({ root, unclosed }: Page, lastLine: string): boolean {
  const last = root.children.at(-1)
  if (last?.type === 'code') return !unclosed.has(last)
  if (last?.type !== 'html') return true
  if (last.value.trimStart().startsWith('<!--')) return last.value.includes('-->')
  return lastLine.trim() === '' && !/^\s*<(?:script|pre|style|textarea|[?!])/i.test(last.value)
}

function fenced(lines: readonly string[], from: number, to: number): Code {
  const end = { line: to + 1, column: lines[to]!.length + 1 }
  return { type: 'code', value: '', position: { start: { line: from + 1, column: 1 }, end } }
}

function shift(node: Nodes, by: number): void {
  if (node.position) {
    node.position.start.line += by
    node.position.end.line += by
  }
  if ('children' in node) for (const child of node.children) shift(child, by)
}
