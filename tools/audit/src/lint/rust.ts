import { type Code, inLanguage } from './code.ts'
import { bare, below, field, type Node, parts } from './syntax.ts'

/** What `use` brings: a name of the code, and its path from the root. */
export function importsOf(codes: readonly Code[]): Map<string, string> {
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
