import { type Code, inLanguage } from './code.ts'
import { around, bare, below, field, type Node } from './syntax.ts'

/** A function that C++ code of the page defines. */
export type CxxFunction = {
  code: Code
  node: Node
  /** Without what it is of. */
  name: string
  /** The namespaces and classes that the block shows around it, the outermost first. */
  scope: readonly string[]
  body: Node
  declarator: Node
}

/** The functions that the C++ code of a page defines. */
export function cxxFunctions(codes: readonly Code[]): CxxFunction[] {
  return inLanguage(codes, 'cpp').flatMap((code) =>
    below(code.root, 'function_definition').flatMap((node) => {
      const declarator = below(field(node, 'declarator') ?? node, 'function_declarator')[0]
      const body = field(node, 'body')
      if (declarator === undefined || body === null) return []
      const path = bare(field(declarator, 'declarator')).replace(/<.*?>/g, '').split('::')
      const outer = [...around(node)]
        .filter(({ type }) => /^(?:namespace_definition|class_specifier|struct_specifier)$/.test(type))
        .map((scope) => field(scope, 'name')?.text ?? '')
        .filter((name) => name !== '')
        .reverse()
      const scope = [...outer.flatMap((name) => name.split('::')), ...path.slice(0, -1)]
      return [{ code, node, name: path.at(-1)!, scope, body, declarator }]
    }),
  )
}

const THREADS = /^(?:(?:std|boost)::)?j?thread$/

/** How the C++ code of a page calls a thread: the standard names, and its own for them. */
export function threadTypes(codes: readonly Code[]): (type: string) => boolean {
  const aliases = new Set(
    inLanguage(codes, 'cpp')
      .flatMap(({ root }) => below(root, 'alias_declaration'))
      .filter((alias) => THREADS.test(bare(field(alias, 'type'))))
      .map((alias) => bare(field(alias, 'name'))),
  )
  return (type) => THREADS.test(type) || aliases.has(type.split('::').at(-1)!)
}

/** What makes a thread here: `std::thread(...)`, `std::thread{...}`, `std::make_unique<std::thread>(...)`, `new`. */
export function makesThread(node: Node, isThread: (type: string) => boolean): boolean {
  if (node.type === 'compound_literal_expression' || node.type === 'new_expression')
    return isThread(bare(field(node, 'type')))
  if (node.type !== 'call_expression') return false
  const callee = bare(field(node, 'function'))
  const made = /^(?:std::)?make_(?:unique|shared)<(.+)>$/.exec(callee)
  return isThread(made?.[1] ?? callee)
}

/** The function or lambda whose body a node is in. */
export function runsIn(node: Node): Node | null {
  for (const parent of around(node))
    if (parent.type === 'lambda_expression' || parent.type === 'function_definition') return parent
  return null
}

/** The name that a declarator declares. */
export function declared(declarator: Node | null): string {
  if (declarator === null) return ''
  const inner = field(declarator, 'declarator')
  if (inner !== null) return declared(inner)
  const name = declarator.type.endsWith('identifier')
    ? declarator
    : below(declarator, 'identifier', 'field_identifier')[0]
  return name?.text ?? ''
}

/** A variable, a member or a parameter: its type, and the value that it gets. */
export type Declaration = { name: string; type: string; value: Node | null; node: Node }

const declarations = new WeakMap<Node, Map<string, Declaration[]>>()

/** What is declared by a name below a node. */
export function declarationsOf(root: Node, name: string): readonly Declaration[] {
  let byName = declarations.get(root)
  if (byName === undefined) {
    const all = below(root, 'declaration', 'field_declaration', 'parameter_declaration').flatMap((node) =>
      node.children
        .filter((child) => child.field === 'declarator')
        .map((declarator) => ({
          name: declared(declarator),
          type: bare(field(node, 'type')),
          value: field(declarator, 'value'),
          node,
        })),
    )
    byName = Map.groupBy(all, (declaration) => declaration.name)
    declarations.set(root, byName)
  }
  return byName.get(name) ?? []
}

const methodCalls = new WeakMap<Node, Map<string, Node[]>>()

/** The calls of methods of a variable below a node. */
export function methodCallsOf(root: Node, name: string): readonly Node[] {
  let byName = methodCalls.get(root)
  if (byName === undefined) {
    byName = Map.groupBy(below(root, 'call_expression'), (call) =>
      declared(field(call, 'function', 'argument')),
    )
    methodCalls.set(root, byName)
  }
  return byName.get(name) ?? []
}
