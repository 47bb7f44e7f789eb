import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Nodes } from 'mdast'
import { expect, test } from 'vitest'
import { decode } from '../text/text.ts'
import { type Page, parseMarkdown, words } from './markdown.ts'
import { readPage } from './page.ts'

/** What a chapter is read for: blocks of code and HTML, and the links of claims, by place. */
function seen(page: Page): string[] {
  const found: string[] = []
  const walk = (node: Nodes) => {
    const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1 } }
    const state = node.type === 'code' ? [page.closed.has(node), page.unclosed.has(node)] : []
    const claim = node.type === 'link' && words(node) === 'proved'
    if (node.type === 'code' || node.type === 'html' || claim) {
      found.push([node.type, start.line, start.column, end.line, ...state].join(' '))
    }
    if ('children' in node) node.children.forEach(walk)
  }
  walk(page.root)
  return found
}

const opening = '# Title\n\nThe first paragraph.\n\n'
const pages = [
  ['HTML that a blank line ends', '<div>\n```rust a\n\n```rust b\nx\n```\n'],
  ['a heading inside HTML', '<div>\n# no heading\n```rust a\n\n```\n'],
  ['a comment over blank lines', 'Text.\n\n<!-- one\n\n# two\n\n```rust a\n-->\n\n```rust b\nx\n```\n'],
  ['a comment in a list that its end closes', '- item\n  <!-- one\n```rust a\nx\n```\n\n```rust b\n'],
  ['a script over blank lines', '## A\n\n<script>\n\n```rust a\n</script>\n\n```rust b\nx\n```\n'],
  ['a declaration that is never closed', '## A\n\n<?php\n\n# B\n\n```rust a\nx\n```\n\n## C\n\n    code\n'],
  [
    'an indented fence that a line of the first column closes',
    '## A\n\n  ```rust a\n# x\n```\n\n```rust b\nx\n```\n',
  ],
  ['an indented fence of a list that none closes', '- a\n\n  ```rust a\n  x\n```rust b\nx\n```\n'],
  ['a closing fence that is too short', '````rust a\n```\n# x\n```\n````\n\n    code\n'],
  ['ticks that are no fence', 'Say ``` here.\n\n```rust `a`\n\n# B\n\n```rust b\nx\n```\n'],
  ['an autolink that looks like HTML', '## A\n\n<https://example.com>\n```rust a\n\n```text b\n```\n'],
  [
    'indented code after a list and after a heading',
    '- a\n\n      code\n\n## B\n\n    code\n\nText\n    no code\n',
  ],
  ['a claim in a paragraph', '## A\n\nIt [proved](a) is\n[proved](b).\n\n## B\n\nIt is. [proved](c)\n'],
  ['tildes and ticks in one another', '~~~text a\n```\n~~~\n```text b\n~~~\n```\n'],
  ['a fence that is never closed, over headings', '```rust a\n\n# B\n\n~~~rust b\n~~~\n\n## C\n\n    code\n'],
  ['a fence in a footnote', '## A\n\n[^1]: ```rust a\n\n## B\n'],
  ['a quote that goes on', '> text\nlazy\n```rust a\nx\n```\n> ```rust b\n> x\n'],
] as const

test.each(pages)('cutting a page changes nothing: %s', (_, text) => {
  const markdown = opening + text
  expect(seen(readPage(markdown.split('\n')))).toEqual(seen(parseMarkdown(markdown)))
  expect(seen(parseMarkdown(markdown)).length).toBeGreaterThan(0)
})

const fixtures = join(import.meta.dirname, '../../fixtures')

test.each(globSync('*/README.md', { cwd: fixtures }))('cutting a page changes nothing: %s', (path) => {
  const { lines } = decode(readFileSync(join(fixtures, path))).text
  expect(seen(readPage(lines))).toEqual(seen(parseMarkdown(lines.join('\n'))))
})
