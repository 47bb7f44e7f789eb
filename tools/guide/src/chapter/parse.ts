import type { Nodes } from 'mdast'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import { columnAt, decode } from '../text/text.ts'
import { readBlock } from './block.ts'
import type { Chapter, Example, Reason } from './chapter.ts'
import { readClaims } from './claims.ts'
import { readHtml } from './html.ts'
import { blockOf, codes, htmlBlocks, words } from './markdown.ts'
import { byPlace } from './order.ts'
import { readPage } from './page.ts'
import { invalidUtf8, noSource } from './problem.ts'
import { readReasons } from './reasons.ts'

/**
 * Reads a chapter. `file` is its path from the repository's root, as findings name it. Never throws for
 * what the chapter holds: what is malformed is in `findings`, sorted by place.
 */
export function parseChapter(input: Uint8Array | string, file: string): Chapter {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  const { text, bad } = decode(bytes)
  const { lines } = text
  const page = readPage(lines)
  const place = (node: Nodes): SourceLocation => {
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
  const reasons: Reason[] = []
  for (const node of htmlBlocks(page.root)) {
    findings.push(...readHtml(node, lines, file))
    const excused = readReasons(node, place(node), examples)
    reasons.push(...excused.reasons)
    findings.push(...excused.findings)
  }
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
    hasClaimsSection: claimed.hasSection,
    reasons,
    findings: [...findings, ...claimed.findings].sort(byPlace),
  }
}
