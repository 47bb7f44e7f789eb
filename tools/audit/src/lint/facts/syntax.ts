import { fileURLToPath } from 'node:url'
import treeSitter, { type Tree } from '@vscode/tree-sitter-wasm'

export type Language = 'rust' | 'cpp'

/** A part of a text, as the grammars of tree-sitter name it. Broken code has a tree too, with the errors in it. */
export type Node = {
  type: string
  /** What it is to its parent: `function`, `arguments`; empty where the grammar does not say. */
  field: string
  text: string
  /** Within the text, from 0; a column is a UTF-16 unit. */
  row: number
  column: number
  start: number
  end: number
  parent: Node | null
  /** Its place among its siblings. */
  index: number
  /** With the comments, and without the words and signs of the language. */
  children: Node[]
}

/** Reads one text; `null`: it takes more of a processor's time than that, or nests deeper than any code. */
export type Parse = (text: string, language: Language, limitMs: number) => Node | null

let loaded: Promise<Parse> | undefined

/** Loads both grammars, once in a process: 40 ms. */
export function openSyntax(): Promise<Parse> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Parse> {
  const { Language, Parser } = treeSitter
  await Parser.init()
  const grammar = (url: string) => Language.load(fileURLToPath(url))
  const grammars = {
    rust: await grammar(import.meta.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm')),
    cpp: await grammar(import.meta.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-cpp.wasm')),
  }
  const parser = new Parser()
  return (text, language, limitMs) => {
    parser.setLanguage(grammars[language])
    const started = process.cpuUsage()
    let calls = 0
    const late = () => {
      if (++calls % 64 !== 0) return false
      const { user, system } = process.cpuUsage(started)
      return user + system > limitMs * 1000
    }
    const tree = parser.parse(text, null, { progressCallback: late })
    if (tree === null) {
      parser.reset()
      return null
    }
    const root = copy(tree, text)
    tree.delete()
    return root
  }
}

const DEEPEST = 1_000

/** The parser's own tree is in memory that nobody collects, and slow to ask: it is walked once. */
function copy(tree: Tree, source: string): Node | null {
  const cursor = tree.walk()
  const read = (parent: Node | null): Node => {
    const { startPosition, startIndex: start, endIndex: end } = cursor
    const { row, column } = startPosition
    return {
      type: cursor.nodeType,
      field: cursor.currentFieldName ?? '',
      get text() {
        return source.slice(start, end)
      },
      row,
      column,
      start,
      end,
      parent,
      index: parent?.children.length ?? 0,
      children: [],
    }
  }
  const root = read(null)
  let parent = root
  // Without recursion: a text may nest as deep as its author likes.
  let depth = 1
  let inside = cursor.gotoFirstChild()
  while (inside) {
    let down = false
    if (cursor.nodeIsNamed) {
      const node = read(parent)
      parent.children.push(node)
      if (cursor.gotoFirstChild()) {
        parent = node
        depth++
        down = true
      }
    }
    if (depth >= DEEPEST) break
    if (down) continue
    while (!cursor.gotoNextSibling()) {
      inside = cursor.gotoParent() && parent !== root
      if (!inside) break
      parent = parent.parent!
      depth--
    }
  }
  cursor.delete()
  return depth < DEEPEST ? root : null
}

const known = new WeakMap<Node, Map<string, Node[]>>()

/** All nodes of some kinds below a node, itself included, in the order of the text. */
export function below(node: Node, ...types: string[]): readonly Node[] {
  const ofNode = known.get(node) ?? new Map<string, Node[]>()
  const before = ofNode.get(types.join())
  if (before !== undefined) return before
  const found: Node[] = []
  known.set(node, ofNode.set(types.join(), found))
  const rest = [node]
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (types.includes(at.type)) found.push(at)
    for (let index = at.children.length - 1; index >= 0; index--) rest.push(at.children[index]!)
  }
  return found
}

/** The nodes around a node, the nearest first. */
export function* around(node: Node): Generator<Node> {
  for (let parent = node.parent; parent !== null; parent = parent.parent) yield parent
}

export function nearest(node: Node, ...types: string[]): Node | null {
  for (const parent of around(node)) if (types.includes(parent.type)) return parent
  return null
}

/** What a node is made of, by the grammar's names: `field(call, 'function', 'field')`. */
export function field(node: Node | null, ...path: string[]): Node | null {
  return path.reduce<Node | null>(
    (at, name) => at?.children.find((child) => child.field === name) ?? null,
    node,
  )
}

/** The nodes directly below one, without comments. */
export function parts(node: Node | null): Node[] {
  return (node?.children ?? []).filter(({ type }) => !isComment(type))
}

export const isComment = (type: string): boolean => type.endsWith('comment')

/** The text of a node without what a writer may choose: blanks. */
export function bare(node: Node | null): string {
  return node?.text.replace(/\s+/g, '') ?? ''
}

/** The comments that stand right above a node, on lines of their own, with the attributes between. */
export function commentsAbove(node: Node): string {
  const said: string[] = []
  const siblings = node.parent?.children ?? []
  for (const above of siblings.slice(0, node.index).reverse()) {
    if (isComment(above.type)) said.unshift(above.text)
    else if (above.type !== 'attribute_item') break
  }
  return said.join('\n')
}
