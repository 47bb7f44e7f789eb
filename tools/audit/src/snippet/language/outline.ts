import { type Head, readCpp, readRust } from './outline-head.ts'
import { type Language, skeleton } from './skeleton.ts'

/** What a text says at its outermost level; offsets are of UTF-16 units from its beginning. */
export type Outline = {
  /** Its code alone: see `skeleton`. */
  code: string
  segments: readonly Segment[]
  /** Braces that are opened and never closed, and closed and never opened. */
  unclosed: number
  unopened: number
}

/** A part; what it defines is as `fn fetch_data` or `struct oneshot::Fetch`, `null` for an `impl`, a `use`, a statement. */
export type Segment = Head & {
  start: number
  end: number
  /** Where its outermost braces open and close, -1 without. */
  open: number
  close: number
  /** The first and the last of the lines that it fills, from 0. */
  firstLine: number
  lastLine: number
}

/** What is nested deeper is named as if it stood at this depth: no name is as long as a page. */
const DEEPEST_SCOPE = 32

export function outlineOf(text: string, language: Language): Outline {
  const code = skeleton(text, language)
  if (language !== 'rust' && language !== 'cpp') return { code, segments: [], unclosed: 0, unopened: 0 }
  const found: Segment[] = []
  const scopes: string[] = []
  const lineOf = lineCounter(code)
  let unopened = 0
  let depth = 0
  // Where the segment begins, blanks aside, and its outermost brace; -1 before they are there.
  let first = -1
  let open = -1
  let goesOn: boolean | null = null
  const begin = () => {
    first = -1
    open = -1
    goesOn = null
  }
  const end = (at: number, close: number) => {
    if (first >= 0) {
      const head = code
        .slice(first, open < 0 ? at : open)
        .trimEnd()
        .replace(/;$/, '')
        .trimEnd()
      const read = language === 'rust' ? readRust(head, open >= 0) : readCpp(head, open >= 0, scopes)
      const firstLine = lineOf(first)
      found.push({ ...read, start: first, end: at, open, close, firstLine, lastLine: lineOf(at - 1) })
    }
    begin()
  }
  for (let at = 0; at < code.length; at++) {
    const character = code[at]!
    if (first < 0) {
      if (character.trim() === '') continue
      if (language === 'cpp' && character === '#' && depth === 0) {
        at = lineEnd(code, at)
        continue
      }
      first = at
    }
    if (character === '{' || character === '(' || character === '[') {
      if (depth === 0 && character === '{') {
        const scope = language === 'cpp' && open < 0 ? scopeOf(code.slice(first, at)) : null
        if (scope !== null) {
          scopes.push(scopes.length < DEEPEST_SCOPE ? scope : '')
          begin()
          continue
        }
        if (open < 0 && !(language === 'cpp' && isTemplateArgument(code, first, at))) open = at
      }
      depth++
    } else if (character === '}' || character === ')' || character === ']') {
      if (depth > 0) depth--
      else if (character === '}') {
        if (scopes.pop() === undefined) unopened++
        begin()
        continue
      }
      if (depth > 0 || character !== '}' || open < 0) continue
      goesOn ??= isContinued(code.slice(first, open), language)
      if (!goesOn && !CONTINUES[language].test(code.slice(at + 1, at + 1 + NEAR))) end(at + 1, at)
    } else if (character === ';' && depth === 0) {
      if (language !== 'cpp' || !/^\s*else\b/.test(code.slice(at + 1, at + 1 + NEAR))) end(at + 1, -1)
    }
  }
  end(code.length, -1)
  return { code, segments: found, unclosed: depth + scopes.length, unopened }
}

/** Answers the line of an offset, from 0; the offsets only ever grow. */
function lineCounter(code: string): (offset: number) => number {
  let line = 0
  let next = code.indexOf('\n')
  return (offset) => {
    for (; next >= 0 && next < offset; next = code.indexOf('\n', next + 1)) line++
    return line
  }
}

function lineEnd(code: string, from: number): number {
  let end = code.indexOf('\n', from)
  while (end > 0 && code[end - 1] === '\\') end = code.indexOf('\n', end + 1)
  return end < 0 ? code.length : end
}

function scopeOf(head: string): string | null {
  if (/^extern\s*"\s*"\s*$/.test(head)) return ''
  const found = /^(?:inline\s+)?namespace\b\s*([\w:]*)\s*$/.exec(head)
  return found === null ? null : found[1]!
}

/** Whether a brace of C++ stands between `<` and `>`. */
const isTemplateArgument = (code: string, first: number, at: number): boolean =>
  /<[^<>;(){}]*$/.test(code.slice(Math.max(first, at - NEAR), at))

/** How far after a closing brace what goes on is looked for. */
const NEAR = 1_000
/** What after a closing brace says that it does not end what it stands in. */
const CONTINUES = {
  rust: /^\s*(?:[;.?)]|else\b)/,
  cpp: /^\s*(?:[;,{]|catch\b|else\b|while\b)|^ *(?:[.(]|->)/,
}

/** Whether what begins so goes on to its semicolon, whatever braces it holds. */
function isContinued(head: string, language: 'rust' | 'cpp'): boolean {
  if (language === 'rust')
    return /^use\b|^(?:pub(?:\([^)]*\))?\s+)?(?:use|const|static|type)\b(?!\s+(?:unsafe\s+)?(?:extern\s+"[^"]*"\s+)?fn\b)|^let\b/.test(
      head,
    )
  // What is given a value goes on to its semicolon, and so does a type's definition.
  return (
    /(?<!operator\s*|[=!<>+*/|&^-])=(?!=)/.test(head.replace(/\([^()]*\)/g, '')) ||
    /^(?:struct|class|union|enum)\b[^()]*$/.test(head)
  )
}
