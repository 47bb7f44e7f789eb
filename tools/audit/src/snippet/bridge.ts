import { BOUNDS } from '../document/bounds.ts'

/** What a cxx bridge declares, read from its text: for what a page leaves to the reader on either side of it. */
export type Bridge = {
  module: string
  namespace: string | null
  /** The types that both sides share. */
  shared: ReadonlyMap<string, Shared>
  rust: Side
  cxx: Side
}

/** A type of both sides: what stands between its braces, and the number that an enum is said to be. */
export type Shared = { kind: 'struct' | 'enum'; body: string; repr: string | null }

export type Side = {
  types: readonly string[]
  /** The types that another bridge has declared, or a crate. */
  aliases: readonly string[]
  /** Of the types that have lifetimes, what stands between their brackets, such as `'a, 'b`. */
  lifetimes: ReadonlyMap<string, string>
  functions: readonly Declared[]
}

export type Declared = {
  name: string
  /** Its name in C++, where the bridge gives it another. */
  cxxName: string
  /** Its lifetimes with their brackets, or nothing. */
  generics: string
  /** The type that it belongs to without being its method, by `#[Self = "..."]`. */
  owner: string | null
  /** The type that it is a method of, whether it changes that, and the lifetime of the reference. */
  self: { type: string; mutable: boolean; pinned: boolean; lifetime: string } | null
  parameters: readonly { name: string; type: string }[]
  returns: string | null
  fallible: boolean
}

/** The bridge in a text of which `code` is the skeleton; `null` where there is none. */
export function readBridge(text: string, code: string): Bridge | null {
  const head =
    /#\s*\[\s*cxx::bridge\b([^\]]*)\]\s*(?:#\s*\[[^\]]*\]\s*)*(?:pub(?:\s*\([^)]*\))?\s+)?(?:unsafe\s+)?mod\s+(\w+)\s*\{/.exec(
      code,
    )
  if (head === null) return null
  const open = head.index + head[0].length - 1
  const end = closingOf(code, open)
  const words = text.slice(head.index, open)
  const namespace = /namespace\s*=\s*"?([\w:]+)"?/.exec(words)?.[1] ?? null
  const shared = new Map<string, Shared>()
  const sides = {
    Rust: emptySide(),
    'C++': emptySide(),
  }
  for (let at = open + 1; at < end; ) {
    const brace = code.indexOf('{', at)
    if (brace < 0 || brace >= end) break
    const close = closingOf(code, brace)
    const before = text.slice(Math.max(at, brace - BOUNDS.lineCharacters), brace)
    const type = /\b(struct|enum)\s+(\w+)[^;{}]*$/.exec(before)
    const side = /\bextern\s+"(Rust|C\+\+)"\s*$/.exec(before)?.[1] as 'Rust' | 'C++' | undefined
    if (type !== null)
      shared.set(type[2]!, {
        kind: type[1] as Shared['kind'],
        body: code.slice(brace + 1, close),
        repr: /#\s*\[\s*repr\s*\(\s*([iu]\w+)/.exec(before)?.[1] ?? null,
      })
    if (side !== undefined) readSide(text.slice(brace + 1, close), code.slice(brace + 1, close), sides[side])
    at = close + 1
  }
  return { module: head[2]!, namespace, shared, rust: sides.Rust, cxx: sides['C++'] }
}

function closingOf(code: string, open: number): number {
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === '{') depth++
    else if (code[at] === '}' && --depth === 0) return at
  }
  return code.length
}

/** How many declarations of one side are read. */
const DECLARED = 200

type Found = {
  types: string[]
  aliases: string[]
  lifetimes: Map<string, string>
  functions: Declared[]
}

const emptySide = (): Found => ({ types: [], aliases: [], lifetimes: new Map(), functions: [] })

function readSide(text: string, code: string, side: Found): void {
  for (const [, name, lifetimes] of code.matchAll(/\btype\s+(\w+)\s*(?:<([^;=]*)>)?\s*;/g).take(DECLARED)) {
    side.types.push(name!)
    if (lifetimes !== undefined) side.lifetimes.set(name!, lifetimes)
  }
  for (const [, name] of code.matchAll(/\btype\s+(\w+)\s*(?:<[^;=]*>)?\s*=/g).take(DECLARED))
    side.aliases.push(name!)
  const only = side.types.length === 1 ? side.types[0]! : null
  for (const found of code
    .matchAll(/\bfn\s+(\w+)\s*(<[^()]{0,200}>)?\s*\(([^;]{0,1000}?)\)\s*(?:->\s*([^;]{1,300}))?\s*;/g)
    .take(DECLARED)) {
    const [, name, generics = '', list, returned] = found
    const attributes = text.slice(Math.max(0, found.index - 200), found.index)
    const cxxName =
      /#\s*\[\s*cxx_name\s*=\s*"(\w+)"\s*\]\s*(?:#\s*\[[^\]]*\]\s*)*(?:unsafe\s+)?$/.exec(attributes)?.[1] ??
      name!
    const owner =
      /#\s*\[\s*Self\s*=\s*"(\w+)"\s*\]\s*(?:#\s*\[[^\]]*\]\s*)*(?:unsafe\s+)?$/.exec(attributes)?.[1] ?? null
    const parts = split(list!)
    const self = selfOf(parts[0], only)
    const parameters = (self === null ? parts : parts.slice(1)).flatMap((part) => {
      const at = part.indexOf(':')
      return at < 0 ? [] : [{ name: part.slice(0, at).trim(), type: part.slice(at + 1).trim() }]
    })
    const result = /^Result\s*<(.*)>$/s.exec(returned?.trim() ?? '')?.[1]
    const returns = (result ?? returned ?? '').trim()
    side.functions.push({
      ...{ name: name!, cxxName, generics, owner, self, parameters, fallible: result !== undefined },
      returns: returns === '' || returns === '()' ? null : returns,
    })
  }
}

function selfOf(part: string | undefined, only: string | null): Declared['self'] {
  const short = /^&\s*('\w+\s+)?(mut\s+)?self$/.exec(part ?? '')
  if (short !== null)
    return only === null
      ? null
      : { type: only, mutable: short[2] !== undefined, pinned: false, lifetime: short[1] ?? '' }
  const found = /^self\s*:\s*(Pin\s*<\s*)?&\s*('\w+\s+)?(mut\s+)?(\w+)(?:<[^>]*>)?\s*>?$/.exec(part ?? '')
  return found === null
    ? null
    : {
        ...{ type: found[4]!, mutable: found[3] !== undefined, pinned: found[1] !== undefined },
        lifetime: found[2] ?? '',
      }
}

/** What commas part that stand in no brackets. */
export function split(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= list.length; at++) {
    const character = list[at]
    if (character !== undefined && '(<[{'.includes(character)) depth++
    else if (
      character !== undefined &&
      (')]}'.includes(character) || (character === '>' && list[at - 1] !== '-'))
    )
      depth--
    else if ((character === ',' && depth === 0) || at === list.length) {
      const part = list.slice(from, at).trim()
      if (part !== '') parts.push(part)
      from = at + 1
    }
  }
  return parts
}
