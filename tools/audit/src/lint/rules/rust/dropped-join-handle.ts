import { resultType } from '../../facts/bridge.ts'
import { type Code, inLanguage } from '../../facts/code.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import {
  calledMethod,
  calledPath,
  droppedCalls,
  fullPath,
  ownNodes,
  rustFunctions,
} from '../../facts/rust.ts'
import { bare, below, field, type Node, nearest, parts } from '../../facts/syntax.ts'

export const droppedJoinHandle: Rule = {
  name: 'dropped-join-handle',
  why: 'Dropping a JoinHandle detaches its thread or task: nobody waits for the end, and a panic or an Err is lost. Keep the handle, and join or await it where the work has to be done.',
  chapter: 'patterns/best-practices/README.md#threads',
  find: (codes) => [
    ...unusedHandles(codes),
    ...droppedCalls(codes).flatMap(({ code, call, statement }): Found[] => {
      const path = fullPath(calledPath(call), code, codes)
      if (path === 'drop' || path === 'std::mem::drop') {
        const [given] = parts(field(call, 'arguments'))
        if (given?.type !== 'call_expression' || !spawnsThread(given, code, codes)) return []
        return [
          {
            code,
            node: given,
            sureness: 'certain',
            message: 'this thread is detached: its handle is dropped',
          },
        ]
      }
      if (spawnsThread(call, code, codes))
        return [
          {
            code,
            node: call,
            sureness: 'certain',
            message: 'this thread is detached: its handle is dropped',
          },
        ]
      // A task that is started for what it does needs no handle, unless it says that it can fail.
      const task = statement.type === 'expression_statement' ? spawned(call, path) : null
      if (task === null || !canFail(task, codes)) return []
      return [
        {
          code,
          node: call,
          sureness: 'likely',
          message: 'this task can end with an `Err`, which nobody checks',
        },
      ]
    }),
  ],
}

/** Handles that get a name, and are never named again; and those that a function of the page returns for nothing. */
function unusedHandles(codes: readonly Code[]): Found[] {
  const found = (code: Code, node: Node, isThread: boolean, message: string): Found => ({
    ...{ code, node, message },
    sureness: isThread ? 'certain' : 'likely',
  })
  const named = inLanguage(codes, 'rust').flatMap((code) =>
    below(code.root, 'let_declaration').flatMap((node) => {
      const pattern = field(node, 'pattern')
      const value = field(node, 'value')
      if (pattern?.type !== 'identifier' || value?.type !== 'call_expression') return []
      const isThread = spawnsThread(value, code, codes)
      const isTask = spawned(value, fullPath(calledPath(value), code, codes)) !== null
      // Within macros as well, whose words are no tree.
      const rest = (nearest(node, 'block') ?? code.root).text
      const isUsed = rest.split(new RegExp(`\\b${pattern.text}\\b`)).length > 2
      if ((!isThread && !isTask) || isUsed) return []
      return [found(code, pattern, isThread, `\`${pattern.text}\` is never used: nobody joins or awaits it`)]
    }),
  )
  const returned = droppedCalls(codes).flatMap(({ code, call }) => {
    const name = calledPath(call).split('::').at(-1)!
    const types = rustFunctions(codes)
      .filter((defined) => defined.name === name)
      .map(({ node }) => bare(field(node, 'return_type')))
    if (types.length === 0 || !types.every((type) => /^(?:\w+::)*JoinHandle</.test(type))) return []
    return [found(code, call, true, `the handle that \`${name}\` returns is dropped`)]
  })
  return [...named, ...returned]
}

/** `thread::spawn(..)`, of std unless an import says otherwise, or `thread::Builder::new()...spawn(..)` and what unwraps it. */
function spawnsThread(call: Node, code: Code, codes: readonly Code[]): boolean {
  if (/^(?:std::)?thread::spawn$/.test(fullPath(calledPath(call), code, codes))) return true
  const method = calledMethod(call)
  const receiver = field(call, 'function', 'value')
  if (['unwrap', 'expect'].includes(method) && receiver?.type === 'call_expression')
    return calledMethod(receiver) === 'spawn' && builds(receiver, code, codes)
  return false
}

function builds(call: Node, code: Code, codes: readonly Code[]): boolean {
  for (let at: Node | null = call; at !== null; at = field(at, 'function', 'value')) {
    const path = calledPath(at)
    if (path !== '') return /^(?:std::)?thread::Builder::new$/.test(fullPath(path, code, codes))
  }
  return false
}

const SPAWNS = /^(?:(?:tokio|async_std)::(?:task::)?|tokio_util::task::)spawn(?:_local|_blocking)?$/

/** What a call gives to a runtime. */
function spawned(call: Node, path: string): Node | null {
  const isSpawn = SPAWNS.test(path) || /^spawn(?:_local|_blocking)?$/.test(calledMethod(call))
  const given = parts(field(call, 'arguments'))
  return isSpawn && given.length === 1 ? given[0]! : null
}

/** Whether a future or a closure gives a Result, as far as the page shows. */
function canFail(work: Node, codes: readonly Code[]): boolean {
  if (work.type === 'call_expression') {
    const name = calledPath(work).split('::').at(-1)
    return rustFunctions(codes).some(
      (defined) => defined.name === name && resultType(field(defined.node, 'return_type')),
    )
  }
  if (work.type !== 'async_block' && work.type !== 'closure_expression') return false
  const tries = ownNodes(work, 'try_expression').length > 0
  const block =
    work.type === 'async_block' ? parts(work).find(({ type }) => type === 'block') : field(work, 'body')
  const last = parts(block ?? null).at(-1)
  return tries || /^(?:Ok|Err)(?:::<.*>)?\(/.test(bare(last ?? null))
}
