import type { Code, Nodes } from 'mdast'
import { readBlock } from './block.ts'
import type { Chapter, Example } from './chapter.ts'
import { readClaims } from './claims.ts'
import type { Finding, Place } from './finding.ts'
import { fold } from './fold.ts'
import { readHtml } from './html.ts'
import { htmlBlocks, type Page, parseMarkdown, words } from './markdown.ts'
import { byPlace } from './order.ts'
import { invalidUtf8, noSource } from './problem.ts'
import { columnAt, decode } from './text.ts'

/**
 * Reads a chapter. `file` is its path from the repository's root, as findings name it. Never throws for
 * what the chapter holds: what is malformed is in `findings`, sorted by place.
 */
export function parseChapter(bytes: Uint8Array | string, file: string): Chapter {
  const { text, bad } = decode(bytes)
  const { lines } = text
  const { markdown, closedAt } = fold(lines)
  const page = parseMarkdown(markdown)
  const place = (node: Nodes): Place => {
    const { line, column } = node.position!.start
    return { file, line, column: columnAt(lines[line - 1]!, column - 1) }
  }

  const examples: Example[] = []
  const findings: Finding[] = []
  if (bad) findings.push(invalidUtf8({ file, ...bad }, bad.byte))
  for (const node of codes(page.root)) {
    const block = blockOf(node, page, closedAt, lines)
    if (!block) {
      findings.push(noSource(place(node), 'this indented block'))
      continue
    }
    const read = readBlock(block, lines, file)
    if (read.example) examples.push(read.example)
    findings.push(...read.findings)
  }
  for (const node of htmlBlocks(page.root)) findings.push(...readHtml(node, lines, file))
  const claimed = readClaims(page.root, place)
  findings.push(...claimed.findings)

  const title = page.root.children.find((node) => node.type === 'heading' && node.depth === 1)
  const opening = page.root.children.find((node) => node.type === 'paragraph')
  return {
    file,
    text,
    title: title ? words(title) : '',
    opening: opening ? words(opening) : '',
    examples,
    claims: claimed.claims,
    findings: findings.sort(byPlace),
  }
}

function* codes(node: Nodes): Generator<Code> {
  if (node.type === 'code') yield node
  else if ('children' in node) for (const child of node.children) yield* codes(child)
}

function blockOf(node: Code, page: Page, closedAt: ReadonlyMap<number, number>, lines: readonly string[]) {
  const closed = page.closed.has(node)
  if (!closed && !page.unclosed.has(node)) return null
  const { start, end } = node.position!
  const foldedEnd = closedAt.get(start.line)
  if (foldedEnd !== undefined) {
    return { node, closed: true, endLine: foldedEnd, content: lines.slice(start.line, foldedEnd - 1) }
  }
  const rows = end.line - start.line - (closed ? 1 : 0)
  return { node, closed, endLine: end.line, content: rows > 0 ? node.value.split('\n') : [] }
}
