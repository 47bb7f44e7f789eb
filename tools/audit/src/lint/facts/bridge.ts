import { type Code, inLanguage } from './code.ts'
import { around, below, field, isComment, type Node, parts } from './syntax.ts'

/** A function that a bridge declares: of C++ for Rust, or of Rust for C++. */
export type Bridged = {
  code: Code
  node: Node
  of: 'rust' | 'cpp'
  /** Its name in Rust, and in C++. */
  name: string
  cxxName: string
  /** The namespace that C++ has it in, and the Rust module of the bridge. */
  namespace: string
  module: string
  parameters: readonly Parameter[]
  /** Whether it returns a `Result`. */
  fallible: boolean
}

export type Parameter = { name: string; type: Node }

/** A Rust type that C++ cannot look into. */
export type Opaque = { code: Code; node: Node; name: string }

export type Bridge = { functions: readonly Bridged[]; opaque: readonly Opaque[] }

/** What the bridges of a page declare, in its order. */
export function bridgeOf(codes: readonly Code[]): Bridge {
  const functions: Bridged[] = []
  const opaque: Opaque[] = []
  for (const code of inLanguage(codes, 'rust'))
    for (const foreign of below(code.root, 'foreign_mod_item')) {
      const side = below(foreign, 'string_content')[0]?.text
      if (side !== 'Rust' && side !== 'C++') continue
      const module = [...around(foreign)].find(({ type }) => type === 'mod_item') ?? null
      const outer = [foreign, ...(module === null ? [] : [module])]
      for (const node of parts(field(foreign, 'body'))) {
        const name = field(node, 'name')?.text
        if (name === undefined) continue
        if (node.type === 'associated_type' && side === 'Rust') opaque.push({ code, node, name })
        if (node.type !== 'function_signature_item') continue
        const said = (attribute: string) => saidOf(node, attribute)
        functions.push({
          code,
          node,
          of: side === 'Rust' ? 'rust' : 'cpp',
          name: said('rust_name') ?? name,
          cxxName: said('cxx_name') ?? name,
          namespace:
            [node, ...outer].map((owner) => saidOf(owner, 'namespace')).find((text) => text !== null) ?? '',
          module: field(module, 'name')?.text ?? '',
          parameters: parametersOf(node),
          fallible: resultType(field(node, 'return_type')),
        })
      }
    }
  return { functions, opaque }
}

export function parametersOf(node: Node): Parameter[] {
  return parts(field(node, 'parameters')).flatMap((parameter) => {
    const type = parameter.type === 'parameter' ? field(parameter, 'type') : parameter
    return type === null
      ? []
      : [{ name: field(parameter, 'pattern')?.text.replace(/^mut\s+/, '') ?? '', type }]
  })
}

/** Whether a Rust type is a `Result`, by whatever path, or gives one each time. */
export function resultType(type: Node | null): boolean {
  return /^(?:impl\s+(?:\w+::)*(?:Stream|Future)<\s*\w+\s*=\s*)?(?:[\w:]*::)?\w*Result(?:<|>|$)/.test(
    type?.text ?? '',
  )
}

/** The value of an attribute above an item: `#[rust_name = "x"]`, or within one: `#[cxx::bridge(namespace = "x")]`. */
function saidOf(item: Node, name: string): string | null {
  const siblings = item.parent?.children ?? []
  for (const above of siblings.slice(0, item.index).reverse()) {
    if (isComment(above.type)) continue
    if (above.type !== 'attribute_item') return null
    const found = new RegExp(`\\b${name}\\s*=\\s*"?([\\w:]+)"?`).exec(above.text)
    if (found !== null) return found[1]!
  }
  return null
}

/** The Rust type in a `Box` that is given away with a parameter; `null` where none is. */
export function boxed({ type }: Parameter): string | null {
  return /^Box<\s*(?:\w+::)*(\w+)(?:<.*>)?\s*>$/s.exec(type.text)?.[1] ?? null
}
