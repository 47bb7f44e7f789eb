import type { Span } from './comment.ts'

/** A comment of documentation, an attribute, or where code begins. */
export type Token = Span & {
  kind: 'outer' | 'inner' | 'code' | 'attribute' | 'inner attribute'
  block: boolean
}

/** Comments of documentation, attributes, and one token for each run of code between them. */
export function* tokens(text: string): Generator<Token> {
  let at = 0
  let inCode = false
  while (at < text.length) {
    const two = text.slice(at, at + 2)
    if (two === '//') {
      const end = lineEnd(text, at)
      const kind = docLine(text, at)
      if (kind !== null) {
        inCode = false
        yield { kind, from: at + 3, to: end, block: false }
      }
      at = end
    } else if (two === '/*') {
      const end = blockEnd(text, at)
      const kind = docBlock(text, at, end)
      if (kind !== null) {
        inCode = false
        yield { kind, from: at + 3, to: Math.max(at + 3, end - 2), block: true }
      }
      at = end
    } else if (/\s/.test(text[at]!)) at++
    else if (two === '#[' || text.startsWith('#![', at)) {
      const isInner = two !== '#['
      const end = bracketsEnd(text, at + (isInner ? 2 : 1))
      yield { kind: isInner ? 'inner attribute' : 'attribute', from: at, to: end, block: false }
      // A piece of a macro's own syntax is code as well.
      inCode = false
      at = end
    } else {
      if (!inCode) yield { kind: 'code', from: at, to: at, block: false }
      inCode = true
      // What a macro makes is documented where it is used.
      at = text.startsWith('macro_rules!', at) ? pastMacro(text, at) : pastToken(text, at)
    }
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end
}

function docLine(text: string, at: number): 'outer' | 'inner' | null {
  const third = text[at + 2]
  if (third === '!') return 'inner'
  return third === '/' && text[at + 3] !== '/' ? 'outer' : null
}

/** `/** …` is documentation, and neither `/***` nor an empty comment. */
function docBlock(text: string, at: number, end: number): 'outer' | 'inner' | null {
  const third = text[at + 2]
  if (third === '!') return 'inner'
  return third === '*' && text[at + 3] !== '*' && end - at > 4 ? 'outer' : null
}

/** Comments of Rust nest. */
function blockEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth++
      at++
    } else if (text[at] === '*' && text[at + 1] === '/') {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

/** The offset after the bracket that closes the one at `from`. */
function bracketsEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; ) {
    const character = text[at]!
    if (character === '[') depth++
    if (character === ']' && --depth === 0) return at + 1
    if (text.startsWith('//', at)) at = lineEnd(text, at)
    else at = pastToken(text, at)
  }
  return text.length
}

/** The offset after the body of a macro's definition. */
function pastMacro(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; ) {
    const character = text[at]!
    if ('{(['.includes(character)) depth++
    if ('})]'.includes(character) && --depth <= 0) return at + 1
    if (text.startsWith('//', at)) at = lineEnd(text, at)
    else if (text.startsWith('/*', at)) at = blockEnd(text, at)
    else at = pastToken(text, at)
  }
  return text.length
}

/** The offset after a string, a character, a word or a single sign. */
export function pastToken(text: string, at: number): number {
  const character = text[at]!
  if (character === '"') return stringEnd(text, at)
  if (character === "'") {
    // A lifetime has no closing quote.
    const found = /^'(?:[^'\\\n]|\\(?:x..|u\{[^}]{0,10}\}|.))'/u.exec(text.slice(at, at + 16))
    return at + (found?.[0].length ?? 1)
  }
  const raw = /^(?:b|c)?r(#{0,255})"/.exec(text.slice(at, at + 260))
  if (raw !== null) {
    const end = text.indexOf(`"${raw[1]}`, at + raw[0].length)
    return end < 0 ? text.length : end + 1 + raw[1]!.length
  }
  if (!/\w/.test(character)) return at + 1
  let end = at + 1
  while (end < text.length && /\w/.test(text[end]!)) end++
  return end
}

export function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}
