import type { Html } from 'mdast'
import type { Finding } from '../finding/finding.ts'
import { columnAt } from '../text/text.ts'
import { fenceInHtml, noSource, unclosedComment } from './problem.ts'

/**
 * The first thing that is wrong with a block of HTML: a comment that hides the rest of the page, `<pre>`
 * (code without a source), or a fence that HTML keeps from being one. Fences inside comments are
 * nobody's.
 */
export function readHtml(node: Html, lines: readonly string[], file: string): Finding[] {
  // Comments are blanked, not cut: what remains keeps its line and column.
  const open = node.value.replace(/<!--.*?-->/gs, (comment) => comment.replace(/[^\n]/g, ' '))
  for (const [offset, text] of open.split('\n').entries()) {
    const found = /<!--|<pre\b|^[ \t>]*(?=```|~~~)/i.exec(text)
    if (!found) continue
    const line = node.position!.start.line + offset
    const raw = lines[line - 1]!
    const mark = found[0].toLowerCase()
    const index = raw.length - text.length + found.index + (mark.startsWith('<') ? 0 : mark.length)
    const at = { file, line, column: columnAt(raw, index) }
    if (mark === '<!--') return [unclosedComment(at)]
    return [mark === '<pre' ? noSource(at, 'this <pre> block') : fenceInHtml(at)]
  }
  return []
}
