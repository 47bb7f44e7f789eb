import { type Code, inLanguage } from '../../facts/code.ts'
import { cxxFunctions, declared } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { rustFunctions } from '../../facts/rust.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const constantId: Rule = {
  name: 'constant-id',
  why: 'An id that is always the same identifies nothing: cancelling one operation cancels another, and an answer goes to the wrong caller. Count ids up, with one counter for all threads.',
  chapter: 'patterns/best-practices/README.md#cancellation',
  find: (codes) => [
    ...ofCxxFunctions(codes),
    ...ofRustFunctions(codes),
    ...ofVariables(codes),
    ...ofStatics(codes),
  ],
}

const GIVES_ID = /(?:^|_)(?:id|token|ticket|handle)$|^(?:next|new|make|generate|create)_?id$/i
const STARTS =
  /^(?:subscribe|register|add_(?:listener|observer|callback)|submit|schedule|set_time(?:r|out)|start_timer)(?:_|$)/
const INTEGER =
  /^(?:std::)?(?:u?int(?:8|16|32|64)?(?:_t)?|size_t|unsigned(?:int|long|longlong)?|long|longlong|[iu](?:8|16|32|64|size))$/
/** What a status is not. */
const COUNTS = /^(?:std::)?(?:uint(?:32|64)_t|size_t|unsigned\w*|u(?:32|64|size))$|Id$/
const HELD = /(?:^|_)(?:next_?|last_?)?(?:\w+_)?id_?$/i

const givesId = (name: string, type: string): boolean =>
  (GIVES_ID.test(name) && (INTEGER.test(type) || COUNTS.test(type))) ||
  (STARTS.test(name) && COUNTS.test(type))

const found = (code: Code, node: Node, name: string): Found => ({
  code,
  node,
  sureness: 'likely',
  message: `\`${name}\` is always 0`,
})

/** Functions of C++ of which each way out returns 0. */
function ofCxxFunctions(codes: readonly Code[]): Found[] {
  return cxxFunctions(codes).flatMap(({ code, node, name, body, declarator }): Found[] => {
    if (!givesId(name, bare(field(node, 'type')))) return []
    const returned = below(body, 'return_statement').filter(
      (one) => [...around(one)].find(isFunction) === node,
    )
    const isZero =
      returned.length > 0 && returned.every((one) => parts(one).length === 1 && zero(parts(one)[0]!))
    return isZero ? [found(code, declarator, name)] : []
  })
}

const isFunction = ({ type }: Node): boolean =>
  /^(?:function_definition|lambda_expression|function_item|closure_expression)$/.test(type)

const zero = (node: Node): boolean => /^(?:\{?0(?:[uU]?[lL]*|[iu](?:\d+|size))?\}?)$/.test(bare(node))

function ofRustFunctions(codes: readonly Code[]): Found[] {
  return rustFunctions(codes).flatMap(({ code, node, name }): Found[] => {
    const body = field(node, 'body')
    if (body === null || !givesId(name, bare(field(node, 'return_type')))) return []
    const returned = below(body, 'return_expression').flatMap((one) => parts(one).slice(0, 1))
    const last = parts(body).at(-1)
    const all = [...returned, ...(last === undefined || last.type === 'expression_statement' ? [] : [last])]
    return all.length > 0 && all.every(zero) ? [found(code, field(node, 'name')!, name)] : []
  })
}

/** Members and variables of C++ that begin with 0, are used, and are never written. */
function ofVariables(codes: readonly Code[]): Found[] {
  const all = inLanguage(codes, 'cpp')
  return all.flatMap((code) =>
    below(code.root, 'declaration', 'field_declaration').flatMap((node): Found[] => {
      const type = bare(field(node, 'type')).replace(/^(?:std::)?atomic<(.*)>$/, '$1')
      const declarator = field(node, 'declarator')
      const value = field(node, 'default_value') ?? field(declarator, 'value')
      const name = declared(declarator)
      const atomic = /^(?:std::)?atomic_(?:u?int\w*|size_t|ulong)$/.test(type)
      if (!HELD.test(name) || !(INTEGER.test(type) || atomic) || value === null || !zero(value)) return []
      if (/\b(?:const|constexpr)\b/.test(node.text)) return []
      const uses = all.flatMap(({ root }) =>
        below(root, 'identifier', 'field_identifier').filter(
          (one) =>
            one.text === name &&
            !(node.start <= one.start && one.end <= node.end && one.parent !== null && root === code.root),
        ),
      )
      return uses.length > 0 && !uses.some(writes) ? [found(code, node, name)] : []
    }),
  )
}

/** Whether a use of a variable changes it, or lets somebody else do so. */
function writes(use: Node): boolean {
  let at = use
  if (at.parent?.type === 'field_expression' && at.field === 'field') at = at.parent
  const parent = at.parent
  if (parent === null) return false
  if (
    /^(?:update_expression|pointer_expression|reference_expression|compound_assignment_expr)$/.test(
      parent.type,
    )
  )
    return true
  if (parent.type === 'assignment_expression') return at.field === 'left'
  if (parent.type === 'field_initializer') return true
  // Of an atomic, and of what a member is given in a constructor.
  if (
    parent.type === 'field_expression' &&
    /^(?:fetch_\w+|store|exchange|swap|compare_exchange\w*)$/.test(parent.children.at(-1)?.text ?? '')
  )
    return true
  if (
    parent.type === 'declaration' ||
    parent.type === 'parameter_declaration' ||
    parent.type === 'init_declarator'
  )
    return at.field === 'declarator'
  return (
    parent.type === 'argument_list' &&
    /^(?:std::)?(?:exchange|ref|swap|atomic_fetch_add)$/.test(bare(field(parent.parent, 'function')))
  )
}

/** Atomics of Rust that are read and never counted. */
function ofStatics(codes: readonly Code[]): Found[] {
  const all = inLanguage(codes, 'rust')
  return all.flatMap((code) =>
    below(code.root, 'static_item').flatMap((node): Found[] => {
      const name = field(node, 'name')?.text ?? ''
      if (!HELD.test(name) || !/^(?:\w+::)*Atomic\w+::new\(0\w*\)$/.test(bare(field(node, 'value'))))
        return []
      const uses = all.flatMap(({ root }) =>
        below(root, 'identifier').filter((one) => one.text === name && one.parent !== node),
      )
      return uses.length > 0 && !uses.some(writes) ? [found(code, node, name)] : []
    }),
  )
}
