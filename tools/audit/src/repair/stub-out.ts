import { isInC, type Line, type Project, textOf } from '../project/project.ts'
import { type Spot, segmentOf } from '../project/where.ts'
import { skeleton } from '../snippet/language/skeleton.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** How much of a snippet is taken out, so that what is wrong in it hides nothing of the others. */
export type Stubbed = 'body' | 'item' | 'snippet'

/**
 * Takes out what holds a problem that no help fixes: the body of a function, then the item, then the snippet. Line
 * numbers stay. Answers how much that was.
 */
export function stubOut(project: Project, spot: Spot, tried: readonly Stubbed[]): Stubbed {
  const lines = project.files.get(spot.path)!
  const language = spot.path.endsWith('.rs') ? 'rust' : 'cpp'
  const code = skeleton(textOf(lines), language)
  if (!tried.includes('body') && spot.path !== 'Cargo.toml') {
    const body = bodyAround(code, lines, spot, language)
    if (body !== null) {
      blank(
        lines,
        body.open,
        body.close,
        language === 'rust' ? ' todo!() ' : isInC(project, spot.path) ? ' __builtin_trap(); ' : ' throw 0; ',
      )
      return 'body'
    }
  }
  // Of a manifest a line: the crates that it then lacks are found as those are that it never named.
  if (!tried.includes('item') && spot.path === 'Cargo.toml') {
    const isHead = (text: string) => /^\s*\[/.test(text)
    const own = isHead(lines[spot.line - 1]!.text)
    // Without the head of a table, what other snippets have in it is of another one.
    for (const [at, line] of lines.entries())
      if (own ? line.snippet === spot.snippet && !isHead(line.text) : at === spot.line - 1)
        lines[at] = { ...line, text: '' }
    return 'item'
  }
  if (!tried.includes('item') && takeItem(lines, spot)) return 'item'
  takeSnippet(project, spot.snippet)
  return 'snippet'
}

/** The innermost function's braces around a line. */
function bodyAround(
  code: string,
  lines: readonly Line[],
  { line, column }: Spot,
  language: 'rust' | 'cpp',
): { open: number; close: number } | null {
  const start = lines.slice(0, line - 1).reduce((sum, { text }) => sum + text.length + 1, 0)
  const place = start + column - 1
  const stack: { open: number; fn: boolean }[] = []
  let best: { open: number; close: number } | null = null
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '{')
      stack.push({ open: at, fn: isFunction(code.slice(Math.max(0, at - 600), at), language) })
    else if (code[at] === '}') {
      const top = stack.pop()
      const holds = top?.fn && top.open < place && at >= place
      if (holds && (best === null || top.open > best.open)) best = { open: top.open, close: at }
    }
  }
  return best
}

function isFunction(before: string, language: 'rust' | 'cpp'): boolean {
  const head = before.slice(
    Math.max(before.lastIndexOf(';'), before.lastIndexOf('}'), before.lastIndexOf('{')) + 1,
  )
  if (language === 'rust') return /\bfn\s+\w+/.test(head)
  return (
    /\)\s*(?:const|noexcept|override|final|try|->\s*[\w:<>*& ]+|\s)*$/.test(head) &&
    !/\b(?:if|for|while|switch|catch)\s*\(|\bnamespace\b|\[[^\]]*\]\s*(?:\(|$)/.test(head)
  )
}

function blank(lines: Line[], open: number, close: number, body: string): void {
  let offset = 0
  for (const [at, line] of lines.entries()) {
    const start = offset
    const end = offset + line.text.length
    offset = end + 1
    if (end < open || start > close) continue
    const head = start <= open ? line.text.slice(0, open - start + 1) + body : ''
    const tail = end >= close ? line.text.slice(Math.max(0, close - start)) : ''
    lines[at] = { ...line, text: head + tail }
  }
}

function takeItem(lines: Line[], spot: Spot): boolean {
  const { snippet } = spot
  if (/^\s*#\s*include/.test(spot.code.text)) {
    const at = lines.findIndex(({ code, text }) => code === spot.code && text !== '')
    if (at < 0) return false
    lines[at] = { ...lines[at]!, text: '' }
    return true
  }
  const segment = segmentOf(spot)
  if (segment === undefined) return false
  // rustc does not take the documentation of nothing.
  let first = segment.firstLine
  while (/^\s*\/\/\//.test(snippet.lines[first - 1]?.text ?? '')) first--
  const gone = new Set(snippet.lines.slice(first, segment.lastLine + 1))
  let taken = false
  for (const [at, line] of lines.entries()) {
    if (line.code === null || !gone.has(line.code) || line.text === '') continue
    lines[at] = { ...line, text: '' }
    taken = true
  }
  return taken
}

function takeSnippet({ files }: Project, snippet: Snippet): void {
  for (const lines of files.values())
    for (const [at, line] of lines.entries()) if (line.snippet === snippet) lines[at] = { ...line, text: '' }
}
