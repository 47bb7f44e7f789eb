import { type Code, inLanguage } from '../../facts/code.ts'
import { declarationsOf, declared, makesThread, threadTypes } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const detachedThread: Rule = {
  name: 'detached-thread',
  why: 'Nobody can stop or join a detached thread: it runs on while what it uses is destroyed, at the latest when the process ends. Give it an owner that joins it.',
  chapter: 'patterns/best-practices/README.md#threads',
  find: (codes) => {
    const isThread = threadTypes(codes)
    return inLanguage(codes, 'cpp').flatMap((code) =>
      below(code.root, 'call_expression').flatMap((call) => {
        const sureness = isOwned(call) ? null : detaches(call, codes, code, isThread)
        return sureness === null ? [] : [found(code, call, sureness)]
      }),
    )
  },
}

/** Whether an owner joins the thread, and lets it go only where it cannot: within that thread, or in a forked child. */
function isOwned(call: Node): boolean {
  const name = field(call, 'function', 'argument')?.text
  let condition: string | undefined
  for (let node = call.parent; node !== null; node = node.parent) {
    if (node.type === 'if_statement') condition ??= field(node, 'condition')?.text ?? ''
    if (node.type !== 'function_definition') continue
    if (/\bthis_thread::get_id\b/.test(condition ?? '')) return true
    // What owns a std::jthread joins it, unless a condition of its destructor says otherwise.
    const isDestructor = /(?:^|::)~\w+\s*\(/.test(field(node, 'declarator')?.text ?? '')
    if (isDestructor && condition !== undefined && !condition.includes('joinable')) return true
    return below(node, 'call_expression').some(
      (other) =>
        field(other, 'function', 'field')?.text === 'join' &&
        field(other, 'function', 'argument')?.text === name,
    )
  }
  return false
}

/** How sure it is that a call detaches a thread; `null` when it does something else. */
export function detaches(
  call: Node,
  codes: readonly Code[],
  code: Code,
  isThread: (type: string) => boolean,
): Found['sureness'] | null {
  const callee = field(call, 'function')
  if (bare(callee) === 'pthread_detach' || bare(callee) === '::pthread_detach') return 'certain'
  if (callee?.type !== 'field_expression' || parts(field(call, 'arguments')).length > 0) return null
  if (field(callee, 'field')?.text !== 'detach') return null
  const receiver = field(callee, 'argument')
  if (receiver === null) return null
  if (makesThread(receiver, isThread)) return 'certain'
  const name = declared(receiver)
  const near = declarationsOf(code.root, name)
  const all =
    near.length > 0 ? near : inLanguage(codes, 'cpp').flatMap(({ root }) => declarationsOf(root, name))
  if (all.length === 0) return /thread|worker/i.test(name) ? 'likely' : null
  const threads = all.filter(
    ({ type, value }) =>
      isThread(type.replace(/^(?:std::)?(?:unique_ptr|shared_ptr|optional|vector)<(.+)>$/, '$1')) ||
      (value !== null && makesThread(value, isThread)),
  )
  return threads.length > 0 ? 'certain' : null
}

function found(code: Code, call: Node, sureness: Found['sureness']): Found {
  return { code, node: pointAt(call), sureness, message: 'this thread is detached: nobody joins it' }
}

/** The name of what detaches: the call may have begun a body of code above it. */
function pointAt(call: Node): Node {
  return field(call, 'function', 'field') ?? call
}
