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
}

export function outlineOf(text: string, language: Language): Outline {
  const code = skeleton(text, language)
  if (language !== 'rust' && language !== 'cpp') return { code, segments: [], unclosed: 0, unopened: 0 }
  const found: Segment[] = []
  const scopes: string[] = []
  let unopened = 0
  let depth = 0
  let start = 0
  let open = -1
  const end = (at: number, close: number) => {
    const head = code.slice(start, open < 0 ? at : open)
    const blank = head.length - head.trimStart().length
    if (code.slice(start, at).trim() !== '') {
      const read = language === 'rust' ? readRust(head, open >= 0) : readCpp(head, open >= 0, scopes)
      found.push({ ...read, start: start + blank, end: at, open, close })
    }
    start = at
    open = -1
  }
  for (let at = 0; at < code.length; at++) {
    const character = code[at]!
    if (language === 'cpp' && character === '#' && depth === 0 && /^\s*$/.test(code.slice(start, at))) {
      at = lineEnd(code, at)
      start = at
    } else if (character === '{' || character === '(' || character === '[') {
      if (depth === 0 && character === '{') {
        const scope = language === 'cpp' ? scopeOf(code.slice(start, at)) : null
        if (scope !== null) {
          scopes.push(scope)
          start = at + 1
          continue
        }
        if (open < 0) open = at
      }
      depth++
    } else if (character === '}' || character === ')' || character === ']') {
      if (depth > 0) depth--
      else if (character === '}') {
        if (scopes.pop() === undefined) unopened++
        start = at + 1
      }
      if (depth === 0 && character === '}' && open >= 0 && endsHere(code, start, at, language))
        end(at + 1, at)
    } else if (character === ';' && depth === 0) end(at + 1, -1)
  }
  if (code.slice(start).trim() !== '') end(code.length, -1)
  return { code, segments: found, unclosed: depth + scopes.length, unopened }
}

function lineEnd(code: string, from: number): number {
  const end = code.slice(from).search(/(?<!\\)\n/)
  return end < 0 ? code.length : from + end
}

function scopeOf(head: string): string | null {
  if (/^\s*extern\s*"\s*"\s*$/.test(head)) return ''
  const found = /^\s*(?:inline\s+)?namespace\b\s*([\w:]*)\s*$/.exec(head)
  return found === null ? null : found[1]!
}

/** Whether a closing brace ends what it stands in: not before `;`, an operator, or another part of a function. */
function endsHere(code: string, start: number, at: number, language: Language): boolean {
  const rest = code.slice(at + 1)
  if (language === 'rust') {
    if (
      /^\s*use\b|^\s*(?:pub(?:\([^)]*\))?\s+)?(?:use|const|static|type)\b(?!\s+(?:unsafe\s+)?(?:extern\s+"[^"]*"\s+)?fn\b)|^\s*let\b/.test(
        code.slice(start, at),
      )
    )
      return false
    return !/^\s*(?:[;.?)]|else\b)/.test(rest)
  }
  const head = code.slice(start, at).split('{')[0]!
  // What is given a value goes on to its semicolon, and so does a type's definition.
  if (/(?<!operator\s*|[=!<>+*/|&^-])=(?!=)/.test(head.replace(/\([^()]*\)/g, ''))) return false
  return (
    !/^\s*(?:[;,{]|catch\b|else\b|while\b)/.test(rest) &&
    !/^\s*(?:struct|class|union|enum)\b[^()]*$/.test(head)
  )
}

const RUST_HEAD =
  /^(?:pub(?:\s*\([^)]*\))?\s+)?(?:(use|impl)\b|(mod|struct|enum|union|trait|type|static)\s+(?:mut\s+)?(\w+)|(?:default\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?(?:extern\s+(?:"[^"]*"\s*)?)?fn\s+(\w+)|(const)\s+(?!fn\b|unsafe\b|async\b|\{)(\w+)|unsafe\s+(impl|trait)\b|(extern)\s+(?:"|crate\b|\{)|unsafe\s+(extern)\b|(macro_rules)!\s*(\w+)|(thread_local|lazy_static|pin_project|compile_error|cxx_async|cpp)!)/

function readRust(head: string, braces: boolean): Pick<Segment, 'kind' | 'defines'> {
  const text = head.trim().replace(/^(?:#!?\s*\[(?:[^[\]]|\[[^\]]*\])*\]\s*)+/, '')
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
const CPP_CALL = /^(?:::)?[\w:]+(?:(?:\.|->)[\w:]+)*\s*(?:<[^;]*>)?\s*(?:\(|(?:[+\-*/|&]?=[^=])|\.|->|<<)/

function readCpp(
  head: string,
  braces: boolean,
  scopes: readonly string[],
): Pick<Segment, 'kind' | 'defines'> {
  const text = head.trim()
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
  if (type !== null && !/\)\s*(?:const|noexcept|override|->.*)?\s*$/.test(text))
    return braces ? named('struct', type[1]!) : { kind: 'item', defines: null }
  const fn = /([~\w:]+|operator\s*\S+)\s*\(([\s\S]*)\)[^)]*$/.exec(text)
  // Two words before the bracket make a definition: a type and a name. A lone name with a bracket is a call.
  const words = fn === null ? '' : text.slice(0, fn.index).trim()
  if (
    !braces &&
    (words === '' || /(?:\.|->|<<)$/.test(words)) &&
    CPP_CALL.test(text) &&
    !/^(?:[A-Z][A-Z0-9_]*|static_assert)\s*\(/.test(text)
  )
    return { kind: 'statement', defines: null }
  if (braces && fn !== null && (words !== '' || /::/.test(fn[1]!)))
    return named('fn', `${fn[1]}(${fn[2]!.replace(/\s+/g, ' ')})`)
  return { kind: 'item', defines: null }
}
