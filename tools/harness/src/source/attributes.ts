import { closing, codeOf, lineAt, withoutComments } from './code-text.ts'

/** An attribute that says when code is there. */
export type Condition = {
  line: number
  /** As a finding names it: `cfg(unix)`, or `#[test]`. */
  name: string
  /** What must hold somewhere, or else something that is shown is not compiled. */
  predicate: string
  /** The predicates of the attributes around it, which must hold as well. */
  around: readonly string[]
}

/** What an attribute asks, and what keeps its item in the program: `null` where the item is there all the same. */
type Attribute = { name: string; predicate: string; keeps: string | null }
type Extent = { index: number; end: number; keeps: string }

const ATTRIBUTE = /#\s*(!?)\s*\[/g
const ITEM =
  /^\s*(?:pub\b|fn\b|mod\b|struct\b|enum\b|union\b|impl\b|const\b|static\b|use\b|type\b|trait\b|unsafe\b|extern\b|async\b|macro_rules\b|let\b)/

/** The attributes of a Rust file by which code or a test is there only sometimes. */
export function conditionsIn(text: string): Condition[] {
  const code = codeOf(text, 'rust')
  const plain = withoutComments(text, 'rust')
  const arms = armsOfSelect(code, plain)
  const extents: Extent[] = [...arms]
  const around = (index: number) =>
    extents.filter((each) => each.index < index && index < each.end).map(({ keeps }) => keeps)
  const attributes = [...code.matchAll(ATTRIBUTE)].flatMap(({ index, 0: begin, 1: inner }) => {
    const open = index + begin.length - 1
    const behind = closing(code, open)
    const all = readAttribute(plain.slice(open + 1, behind - 1))
    const outer = around(index)
    const end = inner === '!' ? endOfBlock(code, index) : endOfItem(code, behind)
    for (const { keeps } of all) if (keeps !== null) extents.push({ index, end, keeps })
    return all.map(({ name, predicate }) => ({
      line: lineAt(code, index),
      name,
      predicate,
      around: outer,
    }))
  })
  const selected = arms.map(({ index, name, keeps }) => ({
    line: lineAt(code, index),
    name,
    predicate: keeps,
    around: around(index),
  }))
  return [...attributes, ...selected]
}

/** The arms of `cfg_select!` that hold code: the first whose predicate holds is there. */
function armsOfSelect(code: string, plain: string): (Extent & { name: string })[] {
  return [...code.matchAll(/\bcfg_select\s*!\s*[{([]/g)].flatMap(({ index, 0: begin }) => {
    const end = closing(code, index + begin.length - 1) - 1
    const arms: (Extent & { name: string })[] = []
    const before: string[] = []
    for (let at = index + begin.length; at < end; ) {
      at += code.slice(at, end).search(/[^\s,]|$/)
      const arrow = code.indexOf('=>', at)
      if (arrow < 0 || arrow >= end) break
      const predicate = plain.slice(at, arrow).trim()
      const own = predicate === '_' ? 'true' : predicate
      const body = arrow + 2 + code.slice(arrow + 2, end).search(/\S|$/)
      const behind = endOfArm(code, body, end)
      if (/\w/.test(code.slice(body, behind)))
        arms.push({
          index: at,
          end: behind,
          name: named(predicate),
          keeps: `all(${own}, not(any(${before})))`,
        })
      before.push(own)
      at = behind
    }
    return arms
  })
}

function endOfArm(code: string, from: number, end: number): number {
  if (code[from] === '{') return closing(code, from)
  let at = from
  while (at < end && code[at] !== ',') at = '([{'.includes(code[at]!) ? closing(code, at) : at + 1
  return at
}

function readAttribute(attribute: string): Attribute[] {
  const [, path = '', rest = ''] =
    /^\s*([\w:\s]*?)\s*(\([\s\S]*)?$/.exec(attribute.replace(/\br#(?=\w)/g, '')) ?? []
  const inside = rest.slice(1, rest.lastIndexOf(')'))
  if (path === 'cfg') return [{ name: named(inside), predicate: inside, keeps: inside }]
  if (path !== 'cfg_attr')
    return /(?:^|::)(?:test|bench)$/.test(path) ? [{ name: '#[test]', predicate: 'test', keeps: null }] : []
  const [predicate = '', ...attributes] = split(inside)
  const given = attributes.flatMap(readAttribute).map(({ name, predicate: own, keeps }) => ({
    name,
    predicate: `all(${predicate}, ${own})`,
    keeps: keeps && `any(not(${predicate}), ${keeps})`,
  }))
  return [{ name: named(predicate), predicate, keeps: null }, ...given]
}

const named = (predicate: string) => `cfg(${predicate.replace(/\s+/g, ' ').trim()})`

/** What commas separate, outside of brackets and strings. */
function split(text: string): string[] {
  const code = codeOf(text, 'rust')
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < code.length; at++) {
    if ('([{'.includes(code[at]!)) depth++
    if (')]}'.includes(code[at]!)) depth--
    if (code[at] !== ',' || depth > 0) continue
    parts.push(text.slice(from, at))
    from = at + 1
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== '')
}

/** The end of what an attribute stands before: an item, a statement, a field, a variant or an arm. */
function endOfItem(code: string, from: number): number {
  let at = from
  for (let next = /^\s*#\s*\[/.exec(code.slice(at)); next; next = /^\s*#\s*\[/.exec(code.slice(at)))
    at = closing(code, at + next[0].length - 1)
  const isItem = ITEM.test(code.slice(at, at + 200))
  for (; at < code.length; at++) {
    const letter = code[at]!
    if (letter === '{') return closing(code, at)
    if (letter === ';' || ')]}'.includes(letter) || (letter === ',' && !isItem)) return at
    if (letter === '(' || letter === '[') at = closing(code, at) - 1
  }
  return at
}

/** The end of the block that an inner attribute stands in. */
function endOfBlock(code: string, index: number): number {
  let depth = 0
  for (let at = index; at >= 0; at--) {
    if (code[at] === '}') depth++
    if (code[at] === '{' && depth-- === 0) return closing(code, at)
  }
  return code.length
}
