import { cut, indentOf, type Row } from '../row.ts'

/** What MkDocs indents the content of a container by. */
const INDENT = 4
/** An admonition of MkDocs, one that folds, or a tab, with its title. */
const CONTAINER = /^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+[ \t]*(?:"([^"]*)")?|^===[!+]*[ \t]+"([^"]*)"/
/** A directive of MyST between colons, of which the content is code. */
const COLONS = /^(:{3,})[ \t]*\{(?:code-block|code|sourcecode|code-cell|literalinclude)\}/
const FENCE = /^[\s>*+\-\d.)]*(`{3,}|~{3,})/

/**
 * The rows as CommonMark has them: without the indentation of containers of MkDocs, with code between colons fenced, and
 * with `mdx` without JSX and without the indentation that it may have. There are as many as before.
 */
export function withoutContainers(rows: readonly Row[], mdx: boolean): readonly Row[] {
  if (!mdx && !rows.some(({ text }) => /^\s*(?:!!!|\?\?\?|===[!+]*[ \t]+"|:::)/.test(text))) return rows
  const open: number[] = []
  let fence: { mark: string; indent: number; tildes: boolean } | null = null
  let comment = false
  return rows.map((row): Row => {
    const indent = indentOf(row.text)
    const isBlank = indent === row.text.length
    if (!isBlank && indent < (open.at(-1) ?? 0) && !/^\t/.test(row.text)) {
      fence = null
      while (open.length > 0 && indent < open.at(-1)!) open.pop()
    }
    const length = /^\t/.test(row.text) ? open.length : open.length * INDENT
    const inner = cut(row, Math.min(length, indent))
    const text = inner.text.trim()
    if (fence !== null) {
      const closes = text.startsWith(fence.mark) && /^(?:`+|~+|:+)$/.test(text)
      const own = cut(inner, Math.min(fence.indent, indentOf(inner.text)))
      const closing = closes && fence.tildes ? { ...own, text: own.text.replaceAll(':', '~') } : own
      if (closes) fence = null
      return closing
    }
    if (mdx) {
      const ends = text.includes('*/}')
      if (comment || text.startsWith('{/*')) {
        comment = !ends
        return { ...inner, text: '' }
      }
      if (/^<\/?[A-Z][^<]*>$|^(?:import|export)\s/.test(text)) return { ...inner, text: '' }
    }
    const colons = COLONS.exec(text)?.[1]
    if (colons !== undefined) {
      fence = { mark: colons, indent: 0, tildes: true }
      return { ...inner, text: inner.text.replace(colons, '~'.repeat(colons.length)) }
    }
    const mark = FENCE.exec(inner.text)?.[1]
    if (mark !== undefined) {
      const deep = mdx && indentOf(inner.text) >= INDENT ? indentOf(inner.text) : 0
      fence = { mark, indent: deep, tildes: false }
      return cut(inner, deep)
    }
    const container = CONTAINER.exec(text)
    if (container === null) return inner
    open.push(indent + INDENT)
    // Its title may be the name of a file.
    return { ...inner, text: container[1] ?? container[2] ?? '' }
  })
}
