import { type Node, Parser } from 'commonmark'

/** A fenced block: its first and last line, and its content, free of container prefixes. */
export type Fenced = { line: number; endLine: number; content: string }

/** The fenced blocks that the reference implementation of CommonMark finds. */
export function reference(markdown: string): Fenced[] {
  const walker = new Parser().parse(markdown).walker()
  const found: Fenced[] = []
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const node = event.node as Node & { _isFenced?: boolean }
    if (!event.entering || node.type !== 'code_block' || node._isFenced !== true) continue
    const [[line], [endLine]] = node.sourcepos
    found.push({ line, endLine, content: node.literal!.replace(/\n$/, '') })
  }
  return found
}
