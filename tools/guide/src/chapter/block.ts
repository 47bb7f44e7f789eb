import type { Code } from 'mdast'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import { columnAt } from '../text/text.ts'
import type { Example } from './chapter.ts'
import { emptyBlock, noSource, unclosedFence, unknownAttribute } from './problem.ts'

/** A fenced block with the lines that its content fills in the page. */
export type Block = {
  node: Code
  closed: boolean
  /** Line of the closing fence, or of the last line of an unclosed block. */
  endLine: number
  /** One element a line of content, free of container prefixes. */
  content: readonly string[]
}

export type BlockResult = { example: Example | null; findings: readonly Finding[] }

/** Reads a fence's info string: `lang path` or `lang path#region`, or `mermaid` alone. */
export function readBlock(block: Block, lines: readonly string[], file: string): BlockResult {
  const line = block.node.position!.start.line
  const opening = lines[line - 1]!
  const start = block.node.position!.start.column - 1
  const place = (index: number): SourceLocation => ({ file, line, column: columnAt(opening, index) })
  const at = place(start)
  const fence = /^(?:`+|~+)/.exec(opening.slice(start))![0]
  const info = [...opening.slice(start + fence.length).matchAll(/\S+/g)].map((word) => ({
    text: word[0],
    index: start + fence.length + word.index,
  }))
  const refuse = (...findings: Finding[]) => ({
    example: null,
    findings: block.closed ? findings : [unclosedFence(at, fence), ...findings],
  })

  const [lang, source, ...rest] = info
  const empty = block.content.every((text) => text.trim() === '')
  if (!lang) return refuse(noSource(at, 'this block'))
  const tail = /[^\w+#.-].*$/.exec(lang.text)
  if (tail) return refuse(unknownAttribute(place(lang.index + tail.index), tail[0]))
  if (!source) {
    if (lang.text !== 'mermaid') return refuse(noSource(at, `this block of ${lang.text}`))
    return empty && block.closed ? refuse(emptyBlock(at, null)) : refuse()
  }
  if (/[{}=,]|^\[/.test(source.text)) return refuse(unknownAttribute(place(source.index), source.text))
  if (!block.closed) return refuse()

  const hash = source.text.indexOf('#')
  const path = hash < 0 ? source.text : source.text.slice(0, hash)
  const text = block.content.join('\n')
  const indents = block.content.map((content, at) =>
    Math.max(0, (lines[line + at]?.length ?? 0) - content.length),
  )
  const example: Example = {
    file,
    lang: lang.text,
    source: { path, region: hash < 0 ? null : source.text.slice(hash + 1) },
    line,
    column: at.column,
    fence,
    sourceColumn: columnAt(opening, source.index),
    contentLine: line + 1,
    indent: indents[0] ?? at.column - 1,
    indents,
    endLine: block.endLine,
    text,
  }
  const findings = rest.slice(0, 1).map((word) => unknownAttribute(place(word.index), word.text))
  if (empty) findings.push(emptyBlock(at, source.text))
  return { example, findings }
}
