import type { Code, Nodes } from 'mdast'
import { type Block, readBlock } from './block.ts'
import type { Chapter, Example } from './chapter.ts'
import { readClaims } from './claims.ts'
import type { Finding, Place } from './finding.ts'
import { readHtml } from './html.ts'
import { htmlBlocks, type Page, words } from './markdown.ts'
import { byPlace } from './order.ts'
import { readPage } from './page.ts'
import { invalidUtf8, noSource } from './problem.ts'
import { columnAt, decode } from './text.ts'

/**
 * Reads a chapter. `file` is its path from the repository's root, as findings name it. Never throws for
 * what the chapter holds: what is malformed is in `findings`, sorted by place.
 */
export function parseChapter(input: Uint8Array | string, file: string): Chapter {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  const { text, bad } = decode(bytes)
  const { lines } = text
  const page = readPage(lines)
  const place = (node: Nodes): Place => {
    const { line, column } = node.position!.start
    return { file, line, column: columnAt(lines[line - 1]!, column - 1) }
  }

  const examples: Example[] = []
  const findings: Finding[] = []
  if (bad) findings.push(invalidUtf8({ file, ...bad }, bad.byte))
  for (const node of codes(page.root)) {
    const block = blockOf(node, page, lines)
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

  const title = page.root.children.find((node) => node.type === 'heading' && node.depth === 1)
  const opening = page.root.children.find((node) => node.type === 'paragraph')
  return {
    file,
    bytes,
    text,
    title: title ? words(title) : '',
    opening: opening ? words(opening) : '',
    examples,
    claims: claimed.claims,
    findings: [...findings, ...claimed.findings].sort(byPlace),
  }
}

function* codes(node: Nodes): Generator<Code> {
  if (node.type === 'code') yield node
  else if ('children' in node) for (const child of node.children) yield* codes(child)
}

function blockOf(node: Code, { closed, unclosed }: Page, lines: readonly string[]): Block | null {
  if (!closed.has(node) && !unclosed.has(node)) return null
  const { start, end } = node.position!
  const rows = end.line - start.line - (closed.has(node) ? 1 : 0)
  // From the first column on nothing is stripped, and the page may have left `value` empty.
  const bare = start.column === 1 ? lines.slice(start.line, start.line + rows) : node.value.split('\n')
  return { node, closed: closed.has(node), endLine: end.line, content: rows > 0 ? bare : [] }
}
