export type Language = 'rust' | 'cpp'

/**
 * A text of Rust or C++ with spaces in place of what is no code: comments, and what stands in strings and characters.
 * Every other character keeps its place, so that a position in the one is a position in the other.
 */
export function codeOf(text: string, language: Language): string {
  const code = blanked(text, language, () => true)
  return language === 'cpp' ? code.replace(DIRECTIVE, onOneLine) : code
}

/** What a directive does is said by its first word and the next, or, of a pragma, by all of it. */
const DIRECTIVE =
  /^[ \t]*(?:#|%:)(?:\\\r?\n|[ \t])*(?:pragma\b(?:\\\r?\n|.)*|(?:\w|\\\r?\n(?=\w))*(?:\\\r?\n|[ \t])*)/gm

/** The same on its last line, and with `#`. */
function onOneLine(directive: string): string {
  const lines = directive.split(/\\\r?\n/)
  const above = '\n'.repeat(lines.length - 1)
  return (
    above +
    lines
      .join('')
      .replace('%:', ' #')
      .padStart(directive.length - above.length)
  )
}

/** The same, and strings and characters as they stand. */
export function withoutComments(text: string, language: Language): string {
  return blanked(text, language, (token) => token.startsWith('//') || token.startsWith('/*'))
}

function blanked(text: string, language: Language, isNoCode: (token: string) => boolean): string {
  const tokens = language === 'rust' ? RUST : CPP
  let code = ''
  for (let at = 0; at < text.length; ) {
    tokens.lastIndex = at
    const found = tokens.exec(text)
    if (found === null) return code + text.slice(at)
    code += text.slice(at, found.index)
    const whole = wholeOf(text, found, language)
    code += isNoCode(whole) ? whole.replace(/[^\n]/g, ' ') : whole
    at = found.index + whole.length
  }
  return code
}

/** What begins a comment, a string or a character; a lifetime is none, nor a digit separator. */
const RUST = /\/\/|\/\*|\b(?:b|c)?r(#*)"|"|'(?:\\(?:u\{[^}\n]*\}|x..|[^\n])|[^\\'\n])'(?!\w)/gu
const CPP = /\/\/|\/\*|\b(?:u8|[uUL])?R"([^()\\\s]{0,16})\(|"|(?<!\w)(?:u8|[uUL])?'(?:\\.|[^\\'\n])+'/g

function wholeOf(text: string, found: RegExpExecArray, language: Language): string {
  const [begin, mark = ''] = found
  const { index } = found
  const to = (end: string, from = index + begin.length) => {
    const at = text.indexOf(end, from)
    return text.slice(index, at < 0 ? undefined : at + end.length)
  }
  if (begin === '//') return to('\n').replace(/\n$/, '')
  if (begin === '/*') return language === 'cpp' ? to('*/') : nested(text, index)
  if (begin.endsWith('(')) return to(`)${mark}"`)
  if (/r#*"$/.test(begin)) return to(`"${mark}`)
  if (begin !== '"') return begin
  return /"(?:\\[\s\S]|[^"\\])*(?:"|$)/.exec(text.slice(index))![0]
}

function nested(text: string, from: number): string {
  const marks = /\/\*|\*\//g
  marks.lastIndex = from
  let depth = 0
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return text.slice(from, marks.lastIndex)
  }
  return text.slice(from)
}

/** The index behind the bracket that closes the one at `open`, in code; the text's end where none does. */
export function closing(code: string, open: number): number {
  const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' }
  const [begin, end] = [code[open]!, pairs[code[open]!]!]
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === begin) depth++
    if (code[at] === end && --depth === 0) return at + 1
  }
  return code.length
}

/** The line of an index, counted from 1. */
export function lineAt(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line++
  return line
}
