import { type Code, inLanguage } from './code.ts'
import { nearestTo } from './near.ts'
import { below, field, isComment, type Node, parts } from './syntax.ts'

/** A Rust struct or enum that a page defines. */
export type Defined = { code: Code; node: Node; name: string }

export function definedTypes(codes: readonly Code[]): Defined[] {
  return inLanguage(codes, 'rust').flatMap((code) =>
    below(code.root, 'struct_item', 'enum_item').map((node) => ({
      code,
      node,
      name: field(node, 'name')?.text ?? '',
    })),
  )
}

/** The types that the page says may go to other threads. */
export function declaredSend(codes: readonly Code[]): Set<string> {
  return new Set(
    inLanguage(codes, 'rust')
      .flatMap(({ root }) => below(root, 'impl_item'))
      .filter((item) => /^(?:\w+::)*Send$/.test(field(item, 'trait')?.text ?? ''))
      .map((item) => (field(item, 'type')?.text ?? '').replace(/<.*/s, '')),
  )
}

/** A part of a type that may not leave its thread, and its name. */
export type Stays = { code: Code; node: Node; what: string }

const STAY =
  /^(?:(?:std::)?rc::)?Rc$|^(?:std::)?rc::Weak$|^(?:\w+::)*(?:NonNull|MutexGuard|RwLock(?:Read|Write)Guard|LocalBox(?:Future|Stream)|LocalSet|EnteredSpan)$/
const NOT_SHARED = /^(?:\w+::)*(?:Ref)?Cell$/
/** Traits of std and futures that do not ask for Send; another may. */
const FREE_TRAITS =
  /^(?:\w+::)*(?:Fn|FnMut|FnOnce|Future|Stream|Sink|Iterator|Any|Error|Read|Write|Debug|Display)\b/

/** The first part of a type that keeps it on its thread, as far as the page shows; `null`: none is seen. */
export function staysOnItsThread(
  type: Defined,
  types: readonly Defined[],
  send: ReadonlySet<string>,
  seen: readonly string[] = [],
): Stays | null {
  if (send.has(type.name) || seen.includes(type.name)) return null
  for (const member of membersOf(type.node)) {
    const found = look(member, type.code, types, send, [...seen, type.name])
    if (found !== null) return found
  }
  return null
}

/** The types of what a struct or an enum holds. */
function membersOf(node: Node): Node[] {
  return below(node, 'field_declaration_list', 'ordered_field_declaration_list').flatMap((list) =>
    list.children.flatMap((child) => {
      if (isComment(child.type)) return []
      if (child.type === 'field_declaration') return [field(child, 'type') ?? child]
      return child.field === 'type' ? [child] : []
    }),
  )
}

function look(
  node: Node,
  code: Code,
  types: readonly Defined[],
  send: ReadonlySet<string>,
  seen: readonly string[],
): Stays | null {
  const stays = (what: string): Stays => ({ code, node, what })
  // What a function takes is not what it holds.
  if (node.type === 'function_type') return null
  if (node.type === 'pointer_type') return stays(node.text)
  if (node.type === 'bounded_type' && /\bSend\b/.test(node.text)) return null
  if (node.type === 'dynamic_type')
    return FREE_TRAITS.test(field(node, 'trait')?.text ?? '') ? stays(node.text) : null
  const name =
    node.type === 'generic_type'
      ? field(node, 'type')?.text
      : /identifier/.test(node.type)
        ? node.text
        : undefined
  if (name !== undefined && STAY.test(name))
    return stays(`${name}${node.type === 'generic_type' ? '<..>' : ''}`)
  if (name !== undefined && node.type !== 'generic_type') {
    const defined = nearestTo(
      code,
      types.filter((type) => type.name === name),
    )[0]
    return defined === undefined ? null : staysOnItsThread(defined, types, send, seen)
  }
  const inner = node.type === 'generic_type' ? parts(field(node, 'type_arguments')) : parts(node)
  if (/^(?:\w+::)*Arc$/.test(name ?? '')) {
    const shared = inner.find((part) => NOT_SHARED.test(field(part, 'type')?.text ?? ''))
    if (shared !== undefined) return stays(node.text)
  }
  for (const part of inner) {
    const found = look(part, code, types, send, seen)
    if (found !== null) return found
  }
  return null
}
