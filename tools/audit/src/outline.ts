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

export type Segment = {
  kind: 'item' | 'statement'
  /** What it defines, as `fn fetch_data` or `struct oneshot::Fetch`; `null` for an `impl`, a `use`, a statement. */
  defines: string | null
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
      const head = code.slice(first, open < 0 ? at : open).trimEnd()
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
        if (open < 0) open = at
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
    } else if (character === ';' && depth === 0) end(at + 1, -1)
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

/** How far after a closing brace what goes on is looked for. */
const NEAR = 1_000
/** What after a closing brace says that it does not end what it stands in. */
const CONTINUES = {
  rust: /^\s*(?:[;.?)]|else\b)/,
  cpp: /^\s*(?:[;,{]|catch\b|else\b|while\b)/,
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

const RUST_HEAD =
  /^(?:pub(?:\s*\([^)]*\))?\s+)?(?:(use|impl)\b|(mod|struct|enum|union|trait|type|static)\s+(?:mut\s+)?(\w+)|(?:default\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?(?:extern\s+(?:"[^"]*"\s*)?)?fn\s+(\w+)|(const)\s+(?!fn\b|unsafe\b|async\b|\{)(\w+)|unsafe\s+(impl|trait)\b|(extern)\s+(?:"|crate\b|\{)|unsafe\s+(extern)\b|(macro_rules)!\s*(\w+)|(thread_local|lazy_static|pin_project|compile_error|cxx_async|cpp)!)/

function readRust(head: string, braces: boolean): Pick<Segment, 'kind' | 'defines'> {
  const text = head.replace(/^(?:#!?\s*\[(?:[^[\]]|\[[^\]]*\])*\]\s*)+/, '')
  if (text === '') return { kind: braces ? 'statement' : 'item', defines: null }
  const found = RUST_HEAD.exec(text)
  if (found === null) return { kind: 'statement', defines: null }
  const [, , keyword, name, fn, constant, constantName, , , , macro, macroName] = found
  if (keyword !== undefined) return { kind: 'item', defines: `${keyword} ${name}` }
  if (fn !== undefined) return { kind: 'item', defines: `fn ${fn}` }
  if (constant !== undefined)
    return { kind: 'item', defines: constantName === '_' ? null : `const ${constantName}` }
  if (macro !== undefined) return { kind: 'item', defines: `macro ${macroName}` }
  return { kind: 'item', defines: null }
}

const CPP_STATEMENT =
  /^(?:if|for|while|switch|do|try|return|co_await|co_return|co_yield|throw|delete|\+\+|--|\*)(?!\w)/
const CPP_CALL = /^(?:::)?[\w:]+(?:(?:\.|->)[\w:]+)*\s*(?:<[^;]*>\s*)?(?:\(|(?:[+\-*/|&]?=[^=])|\.|->|<<)/

function readCpp(
  text: string,
  braces: boolean,
  scopes: readonly string[],
): Pick<Segment, 'kind' | 'defines'> {
  const within = scopes.filter((scope) => scope !== '').join('::')
  const named = (kind: string, name: string) => ({
    kind: 'item' as const,
    defines: `${kind} ${within === '' ? '' : `${within}::`}${name}`,
  })
  if (CPP_STATEMENT.test(text)) return { kind: 'statement', defines: null }
  const type =
    /^(?:template\s*<[^{]*>\s*)?(?:struct|class|union|enum(?:\s+(?:class|struct))?)\s+(?:\[\[[^\]]*\]\]\s*|alignas\([^)]*\)\s*)?(\w+)/.exec(
      text,
    )
  if (type !== null && !isDeclarator(text))
    return braces ? named('struct', type[1]!) : { kind: 'item', defines: null }
  const fn = calledIn(text)
  // Two words before the bracket make a definition: a type and a name. A lone name with a bracket is a call.
  const words = fn === null ? '' : text.slice(0, fn.at).trim()
  if (
    !braces &&
    (words === '' || /(?:\.|->|<<)$/.test(words)) &&
    CPP_CALL.test(text) &&
    !/^(?:[A-Z][A-Z0-9_]*|static_assert)\s*\(/.test(text)
  )
    return { kind: 'statement', defines: null }
  if (braces && fn !== null && (words !== '' || fn.name.includes('::')))
    return named('fn', `${fn.name}(${fn.parameters.replace(/\s+/g, ' ')})`)
  return { kind: 'item', defines: null }
}

/** Whether a text ends as what declares a function does. */
function isDeclarator(text: string): boolean {
  const last = text.lastIndexOf(')')
  return last >= 0 && (/^\)\s*(?:const|noexcept|override)?$/.test(text.slice(last)) || /\)\s*->/.test(text))
}

/** The first name that a bracket follows, where it stands, and what is between that bracket and the last one. */
function calledIn(text: string): { name: string; at: number; parameters: string } | null {
  const last = text.lastIndexOf(')')
  for (let open = text.indexOf('('); open >= 0 && open < last; open = text.indexOf('(', open + 1)) {
    let end = open
    while (end > 0 && /\s/.test(text[end - 1]!)) end--
    let at = end
    while (at > 0 && /[~\w:]/.test(text[at - 1]!)) at--
    // `operator new`, `operator+=`
    const sign = at === end ? /operator\s{0,4}\S{1,8}$/ : /operator\s{1,4}$/
    at -= sign.exec(text.slice(Math.max(0, at - 16), at))?.[0].length ?? 0
    if (at < end) return { name: text.slice(at, end), at, parameters: text.slice(open + 1, last) }
  }
  return null
}
