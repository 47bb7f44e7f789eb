import type { Code } from '../../facts/code.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { calledMethod, rustFunctions } from '../../facts/rust.ts'
import { bare, below, field, type Node } from '../../facts/syntax.ts'

export const staleWaker: Rule = {
  name: 'stale-waker',
  why: 'The next poll may come from another task, and only the waker of the last poll counts. A future that keeps the waker of its first poll wakes a task that no longer awaits it, and the other task hangs. Store the waker in each poll, or compare it by `will_wake`.',
  chapter: 'patterns/rust-async/README.md#a-future-written-by-hand',
  find: (codes) =>
    rustFunctions(codes)
      .filter(({ name }) => /^poll(?:_|$)/.test(name))
      .flatMap(({ code, node }) => look(code, node)),
}

const CLONES = /\bwaker\(\)\s*\.clone\(\)/

/** Where a waker is stored only while none is stored yet. */
function look(code: Code, poll: Node): Found[] {
  const body = field(poll, 'body')
  if (body === null || /\b(?:will_wake|clone_from)\b/.test(bare(body))) return []
  const found = (node: Node): Found => ({
    code,
    node,
    sureness: 'likely',
    message: 'only the first poll stores its waker, so a task that polls later is never woken',
  })
  const tests = below(body, 'if_expression').flatMap((branch) => {
    const condition = field(branch, 'condition')
    const stores = CLONES.test(bare(field(branch, 'consequence')))
    const isFirst = /\bwaker\w*(?:\(\))?\s*\.is_none\(\)/.test(bare(condition))
    return condition !== null && isFirst && stores && field(branch, 'alternative') === null ? [condition] : []
  })
  const inserts = below(body, 'call_expression').filter(
    (call) =>
      calledMethod(call) === 'get_or_insert_with' &&
      /\bwaker\w*$/.test(bare(field(field(call, 'function')!, 'value'))) &&
      CLONES.test(bare(field(call, 'arguments'))),
  )
  return [...tests, ...inserts].map(found)
}
