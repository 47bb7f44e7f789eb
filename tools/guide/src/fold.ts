/** A chapter whose bulk is taken out: lines keep their numbers, and the block structure is the same. */
export type Folded = {
  markdown: string
  /** The closing fence's line, by the line of the opening fence whose content was taken out. */
  closedAt: ReadonlyMap<number, number>
}

const opening = /^(?:(`{3,})[^`]*|(~{3,}).*)$/
const rawHtml = /^ {0,3}<(?:script|pre|style|textarea|\?|![a-z[]|!--(?!.*-->))/i
const fenceAnywhere = /```|~~~/

/**
 * Empties what the Markdown parser would read character by character for nothing: the content of fences
 * and plain paragraphs, both only where they begin in the first column, where no container can hold
 * them. The parser stays the judge of the structure; where a line could mean two things (a fence behind
 * an indent or a marker, raw HTML) folding ends and the rest goes to it as it is.
 */
export function fold(lines: readonly string[]): Folded {
  const out = [...lines]
  const closedAt = new Map<number, number>()
  let afterBlank = true
  let paragraphs = 0
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    const fence = opening.exec(line)
    if (fence) {
      const end = closing(lines, at, fence[1] ?? fence[2]!)
      if (end === null) break
      out.fill('', at + 1, end)
      closedAt.set(at + 1, end + 1)
      at = end + 1
      afterBlank = true
      continue
    }
    if (line.startsWith('<!--')) {
      while (at < lines.length && !lines[at]!.includes('-->')) at++
      at++
      afterBlank = false
      continue
    }
    if (/^ {0,3}</.test(line)) {
      const end = html(lines, at)
      if (end === null) break
      at = end
      continue
    }
    const end = afterBlank ? paragraph(lines, at) : null
    if (end !== null) {
      // The first paragraph is the chapter's opening.
      if (paragraphs++ > 0) out.fill('', at + 1, end)[at] = 'x'
      at = end
      continue
    }
    if (fenceAnywhere.test(line)) break
    afterBlank = line.trim() === ''
    at++
  }
  return { markdown: out.join('\n'), closedAt }
}

function closing(lines: readonly string[], opened: number, fence: string): number | null {
  const mark = fence[0]!
  for (let at = opened + 1; at < lines.length; at++) {
    const line = lines[at]!
    if (!line.includes(fence)) continue
    const found = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)
    if (found && found[1]![0] === mark && found[1]!.length >= fence.length) return at
  }
  return null
}

// A run of lines that begin with letters, up to a blank line, a fence or the end: no heading underline,
// no table, no link definition and no claim among them.
function paragraph(lines: readonly string[], from: number): number | null {
  let at = from
  while (at < lines.length && /^[a-z]/i.test(lines[at]!) && !lines[at]!.includes('proved')) at++
  if (at === from) return null
  const next = lines[at]
  return next === undefined || next.trim() === '' || opening.test(next) ? at : null
}

// HTML that a blank line ends, when nothing in it could be taken for something else.
function html(lines: readonly string[], from: number): number | null {
  let at = from
  for (; at < lines.length && lines[at]!.trim() !== ''; at++) {
    if (rawHtml.test(lines[at]!) || fenceAnywhere.test(lines[at]!)) return null
  }
  return at
}
