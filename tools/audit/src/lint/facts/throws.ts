import { type CxxFunction, declared } from './cxx.ts'
import { bare, below, field, type Node, parts } from './syntax.ts'

/** Where an exception leaves a function, and what says so. */
export type Throw = { node: Node; from: CxxFunction; sure: boolean; says: string }

/** How far one function's calls are followed. */
const MOST_CALLS = 8
const CONVERTS = /^(?:std::)?sto(?:i|l|ll|ul|ull|f|d|ld)$/
const FILES =
  /^(?:std::filesystem|fs)::(?:absolute|canonical|copy\w*|create_\w+|current_path|exists|file_size|is_\w+|last_write_time|read_symlink|remove\w*|rename|resize_file|space|status|temp_directory_path)$/

/** The first exception that leaves a C++ function, as far as the page shows; `null`: none is seen. */
export function throwOf(
  from: CxxFunction,
  functions: readonly CxxFunction[],
  seen: readonly CxxFunction[] = [],
): Throw | null {
  if (seen.includes(from) || seen.length > MOST_CALLS) return null
  const rest = [from.body]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    // What a lambda throws leaves whoever calls it, at another time and on another thread as often as not.
    if (node.type === 'lambda_expression' || node.type === 'requires_expression') continue
    if (node.type === 'throw_statement')
      return { node, from, sure: true, says: parts(node).length === 0 ? 'throws again' : 'throws' }
    if (node.type === 'call_expression') {
      const found = throwOfCall(node, from, functions, seen)
      if (found !== null) return found
    }
    // A handler catches what its author had in mind; what it throws itself is in its own body.
    const children = node.type === 'try_statement' ? node.children.filter(isCatch) : node.children
    for (const child of children.toReversed()) rest.push(child)
  }
  return null
}

const isCatch = ({ type }: Node): boolean => type === 'catch_clause'

function throwOfCall(
  node: Node,
  from: CxxFunction,
  functions: readonly CxxFunction[],
  seen: readonly CxxFunction[],
): Throw | null {
  const callee = field(node, 'function')
  const name = bare(callee)
  const likely = (says: string): Throw => ({ node, from, sure: false, says })
  if (CONVERTS.test(name)) return likely(`calls \`${name}\`, which throws when there is no number`)
  const given = parts(field(node, 'arguments'))
  const codes = below(from.node, 'declaration').filter(({ text }) => /\berror_code\b/.test(text))
  const takesCode = given.some(({ text }) =>
    codes.some((code) => declared(field(code, 'declarator')) === text),
  )
  if (FILES.test(name) && !takesCode) return likely(`calls \`${name}\`, which throws when the system refuses`)
  if (callee?.type === 'field_expression') {
    if (field(callee, 'field')?.text === 'at' && given.length === 1)
      return likely('calls `at`, which throws when there is no such element')
    return null
  }
  const last = name.replace(/<.*>$/, '').split('::').at(-1)!
  const called = functions.filter(
    (other) => other.name === last && other.code.block.file === from.code.block.file,
  )
  for (const other of called) {
    const inner = throwOf(other, functions, [...seen, from])
    if (inner !== null) return likely(`calls \`${last}\`, which ${inner.says}`)
  }
  return null
}
