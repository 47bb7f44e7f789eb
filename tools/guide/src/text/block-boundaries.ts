/** A line of the first column that begins a fence; no container can be around it. */
const fence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/

/** What can stand before a block inside quotes and lists. */
const prefix = /^[\s>*+\-\d.)]*/

/**
 * The closing fence's index for a fence that begins in the first column of line `at`, or `null` when
 * none begins there or it is never closed. Lines are counted from 0 in this module.
 */
export function fenceEnd(lines: readonly string[], at: number): number | null {
  const found = fence.exec(lines[at]!)
  const mark = found?.[1] ?? found?.[2]
  if (!mark) return null
  for (let end = at + 1; end < lines.length; end++) {
    const line = lines[end]!
    // At least as long as the opening one, and nothing but it.
    if (!line.includes(mark)) continue
    if (/^ {0,3}(?:`+|~+)[ \t]*$/.test(line)) return end
  }
  return null
}

/**
 * The first line from `from` on that closes every list, quote and paragraph before it: a heading or a
 * fence in the first column. Only an open fence or HTML outside of any container can go on past it.
 */
export function boundary(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    const first = lines[at]!.charCodeAt(0)
    const heading = first === 0x23 && /^#{1,6}(?:[ \t]|$)/.test(lines[at]!)
    if (heading || ((first === 0x60 || first === 0x7e) && fence.test(lines[at]!))) return at
  }
  return lines.length
}

/** The columns within which a list's item or a quote has to begin to be read. */
const DEEPEST = 200

/** Whether a line begins a list's item or a quote so deep within others that it is not looked into. */
export function isTooDeep(line: string): boolean {
  if (line.length < DEEPEST) return false
  const before = prefix.exec(line)![0]
  return before.length > DEEPEST && /[^\s]/.test(before.slice(DEEPEST))
}

/** The line, or nothing where it is too deep: a parser's time grows with the depth, and nobody reads what stands there. */
export const shallow = (line: string): string => (isTooDeep(line) ? '' : line)

/** Whether no line can begin a fence, an indented block, HTML or a footnote, whatever is around it. */
export function isPlain(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const line = lines[at]!
    const before = prefix.exec(line)![0]
    if (before.length === line.length && line.trim() === '') continue
    if (before.includes('    ') || before.includes('\t')) return false
    if (/^(?:```|~~~|<|\[\^)/.test(line.slice(before.length, before.length + 3))) return false
  }
  return true
}
