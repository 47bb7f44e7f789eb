import { createRequire } from 'node:module'
import type { Code, Html, Nodes, Root } from 'mdast'
import type { Block } from './block.ts'

/** A parsed page. Positions are of lines and UTF-16 columns, both from 1. */
export type Page = {
  root: Root
  /** The fenced blocks whose closing fence is there. A block in neither set is an indented one. */
  closed: ReadonlySet<Code>
  unclosed: ReadonlySet<Code>
}

/** Parses Markdown as code hosts do: CommonMark with the GFM extensions. */
export function parseMarkdown(markdown: string): Page {
  library ??= load()
  const { fromMarkdown, syntax, tree } = library
  const closed = new Set<Code>()
  const unclosed = new Set<Code>()
  const root = fromMarkdown(markdown, {
    extensions: [syntax],
    mdastExtensions: [
      tree,
      {
        exit: {
          codeFencedFenceSequence() {
            const code = this.stack.findLast((node) => node.type === 'code') as Code
            if (unclosed.delete(code)) closed.add(code)
            else unclosed.add(code)
          },
        },
      },
    ],
  })
  return { root, closed, unclosed }
}

/** The words of a node without their markup, in one line. */
export function words(node: Nodes): string {
  return plain(node).replace(/\s+/g, ' ').trim()
}

function plain(node: Nodes): string {
  if ('children' in node) return node.children.map(plain).join('')
  if (node.type === 'break') return ' '
  return 'value' in node && node.type !== 'html' ? node.value : ''
}

/** The blocks of HTML of a page (HTML within a line of prose is none), in order. */
export function htmlBlocks(node: Nodes): Html[] {
  if (node.type === 'html') return [node]
  if (!('children' in node) || node.type === 'paragraph' || node.type === 'heading') return []
  return node.children.flatMap(htmlBlocks)
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

// Loaded when the first page is parsed: whoever imports this package for something else does not wait.
const require = createRequire(import.meta.url)
let library: ReturnType<typeof load> | null = null
function load() {
  const { fromMarkdown } = require('mdast-util-from-markdown') as typeof import('mdast-util-from-markdown')
  const { gfm } = require('micromark-extension-gfm') as typeof import('micromark-extension-gfm')
  const { gfmFromMarkdown } = require('mdast-util-gfm') as typeof import('mdast-util-gfm')
  return { fromMarkdown, syntax: gfm(), tree: gfmFromMarkdown() }
}
