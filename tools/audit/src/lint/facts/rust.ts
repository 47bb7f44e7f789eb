import { type Code, inLanguage } from './code.ts'
import { inOneSection } from './near.ts'
import { bare, below, field, isComment, type Node, parts } from './syntax.ts'

/** What `use` brings: a name of the code, and its path from the root. */
function importsOf(codes: readonly Code[]): Map<string, string> {
  const imports = new Map<string, string>()
  const read = (node: Node, prefix: string): void => {
    const under = (path: string) => (prefix === '' ? path : `${prefix}::${path}`)
    if (node.type === 'use_as_clause') {
      imports.set(bare(field(node, 'alias')), under(bare(field(node, 'path'))))
    } else if (node.type === 'scoped_use_list') {
      const list = field(node, 'list')
      if (list !== null) read(list, under(bare(field(node, 'path'))))
    } else if (node.type === 'use_list') {
      for (const part of parts(node)) read(part, prefix)
    } else if (node.type === 'self') {
      imports.set(prefix.split('::').at(-1)!, prefix)
    } else {
      const path = bare(node)
      imports.set(path.split('::').at(-1)!, under(path))
    }
  }
  for (const { root } of inLanguage(codes, 'rust'))
    for (const use of below(root, 'use_declaration')) {
      const argument = field(use, 'argument')
      if (argument !== null) read(argument, '')
    }
  return imports
}

/** A path as it is from the root, as far as the block's imports say, else those of its section. */
export function fullPath(path: string, code: Code, codes: readonly Code[]): string {
  const [first = '', ...rest] = path.split('::')
  const imported =
    importsOf([code]).get(first) ?? importsOf(codes.filter((other) => inOneSection(code, other))).get(first)
  return [imported ?? first, ...rest].join('::')
}

/** The Rust functions that a page defines, by their names. */
export function rustFunctions(codes: readonly Code[]): { code: Code; node: Node; name: string }[] {
  return inLanguage(codes, 'rust').flatMap((code) =>
    below(code.root, 'function_item').map((node) => ({ code, node, name: field(node, 'name')?.text ?? '' })),
  )
}

/** The path that a call calls, without what is given to generics; empty for a method. */
export function calledPath(call: Node): string {
  let callee = field(call, 'function')
  if (callee?.type === 'generic_function') callee = field(callee, 'function')
  return callee?.type === 'field_expression' ? '' : bare(callee)
}

/** The method that a call calls; empty for a function. */
export function calledMethod(call: Node): string {
  let callee = field(call, 'function')
  if (callee?.type === 'generic_function') callee = field(callee, 'function')
  return callee?.type === 'field_expression' ? (field(callee, 'field')?.text ?? '') : ''
}

/** The nodes of a body that run as part of it: not those of closures, async blocks and functions within. */
export function ownNodes(body: Node, ...types: string[]): Node[] {
  const found: Node[] = []
  const rest = [...body.children].reverse()
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (types.includes(node.type)) found.push(node)
    if (/^(?:closure_expression|async_block|function_item)$/.test(node.type)) continue
    for (const child of node.children.toReversed()) rest.push(child)
  }
  return found
}

/** The calls of a page whose value nobody takes: a statement, or `let _ =`. */
export function droppedCalls(codes: readonly Code[]): { code: Code; call: Node; statement: Node }[] {
  return inLanguage(codes, 'rust').flatMap((code) =>
    below(code.root, 'expression_statement', 'let_declaration').flatMap((statement) => {
      const call =
        statement.type === 'expression_statement'
          ? statement.children.find(({ type }) => !isComment(type))
          : field(statement, 'pattern') === null && /^let\s+_\s*[=:]/.test(statement.text)
            ? field(statement, 'value')
            : undefined
      return call?.type === 'call_expression' && /;\s*$/.test(statement.text)
        ? [{ code, call, statement }]
        : []
    }),
  )
}
