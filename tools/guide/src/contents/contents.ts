import type { Link, Nodes } from 'mdast'
import { parseMarkdown, words } from '../chapter/markdown.ts'
import { columnAt, decode } from '../text/text.ts'

/** A line of the table of contents; the position is that of its link. */
export type Entry = {
  slug: string
  /** The link's words. */
  title: string
  /** The words beside the link. */
  text: string
  file: string
  line: number
  column: number
}

const target = /^(?:\.?\/)?patterns\/([^/#?]+)(?:\/(?:README\.md)?)?(?:#.*)?$/

/** The links to chapters in the list items and table rows of the root README.md, in reading order. */
export function contents(readme: string, file: string): Entry[] {
  const { text } = decode(readme)
  const entries: Entry[] = []
  const walk = (node: Nodes, row: Nodes | null) => {
    const slug = node.type === 'link' ? target.exec(node.url)?.[1] : undefined
    if (node.type === 'link' && slug && row) {
      const { line, column } = node.position!.start
      entries.push({
        slug: decodeURIComponent(slug),
        title: words(node),
        text: beside(node, row),
        file,
        line,
        column: columnAt(text.lines[line - 1]!, column - 1),
      })
    } else if ('children' in node) {
      const around = node.type === 'listItem' || node.type === 'tableRow' ? node : row
      for (const child of node.children) walk(child, around)
    }
  }
  walk(parseMarkdown(text.raw).root, null)
  return entries
}

function beside(link: Link, row: Nodes): string {
  const text = (node: Nodes): string => {
    if (node === link || (node !== row && node.type === 'list')) return ''
    if (!('children' in node)) return words(node) === '' ? ' ' : 'value' in node ? node.value : ''
    return node.children.map(text).join(node.type === 'tableRow' ? ' ' : '')
  }
  return text(row)
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,.;–—-]+/, '')
    .trim()
}
