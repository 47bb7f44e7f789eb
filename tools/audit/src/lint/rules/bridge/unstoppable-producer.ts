import { type Bridged, bridgeOf } from '../../facts/bridge.ts'
import { type Code, positionOf } from '../../facts/code.ts'
import { type CxxFunction, cxxFunctions } from '../../facts/cxx.ts'
import { inOneSection } from '../../facts/near.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { calledMethod, droppedCalls, rustFunctions } from '../../facts/rust.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const unstoppableProducer: Rule = {
  name: 'unstoppable-producer',
  why: 'When the receiver is dropped, the send fails, and C++ never learns of it: it produces for nobody as long as the process lives. Return a bool from the callback, or give C++ a way to be stopped.',
  chapter: 'patterns/best-practices/README.md#cancellation',
  find: (codes) => {
    const { functions } = bridgeOf(codes)
    const cxx = cxxFunctions(codes)
    return ignoredSends(codes).flatMap(({ code, call, handler, name }): Found[] => {
      const near = functions.filter((bridged) => inOneSection(code, bridged.code) || bridged.code === code)
      const bridged = near.find((one) => one.of === 'rust' && one.name === name)
      const takers = near.filter((one) => one.of === 'cpp' && takesRepeated(one))
      if (bridged === undefined && (takers.length === 0 || !givenAway(handler, name, codes))) return []
      if (near.some((one) => one.of === 'cpp' && STOPS.test(one.name))) return []
      const names = [...(bridged === undefined ? callbackNames(takers) : [bridged.cxxName])]
      const callers = cxx.filter(({ body }) => callsOf(body, names).length > 0)
      const loops = callers.flatMap((caller) => loopAround(caller, names))
      if (callers.length > 0 && loops.length === 0) return []
      if (callers.some(({ node }) => /\bstop_(?:token|requested)\b/.test(node.text))) return []
      const endless = loops.find(({ isEndless }) => isEndless) ?? loops[0]
      const at = endless === undefined ? null : positionOf(endless.code, endless.node)
      return [
        {
          code,
          node: call,
          sureness: endless?.isEndless === true ? 'certain' : 'likely',
          message: `\`${name}\` ignores that the receiver is gone, and C++ never learns of it`,
          detail: [
            at === null
              ? 'the C++ that calls it is not shown'
              : `${at.file}:${at.line}: C++ calls it in a loop`,
          ],
        },
      ]
    })
  },
}

const STOPS = /(?:^|_)(?:stop|cancel|close|abort|unsubscribe|shutdown|unregister|remove)(?:_|$)/

type IgnoredSend = { code: Code; call: Node; handler: Node; name: string }

/** Sends of functions that return nothing and get their context lent, whose failure nobody looks at. */
function ignoredSends(codes: readonly Code[]): IgnoredSend[] {
  const handlers = rustFunctions(codes).filter(
    ({ node }) =>
      field(node, 'return_type') === null &&
      parts(field(node, 'parameters')).some((one) => field(one, 'type')?.type === 'reference_type'),
  )
  return droppedCalls(codes).flatMap(({ code, call }) => {
    const owner = [...around(call)].find(
      ({ type }) => type === 'function_item' || type === 'closure_expression',
    )
    const found = handlers.find(({ node }) => node === owner)
    return found !== undefined && isSend(call) ? [{ code, call, handler: found.node, name: found.name }] : []
  })
}

/** `tx.send(event)`, and that with `.ok()` behind it. */
function isSend(call: Node): boolean {
  const method = calledMethod(call)
  if (/^(?:send|try_send|unbounded_send|blocking_send)$/.test(method)) return true
  const receiver = field(call, 'function', 'value')
  return method === 'ok' && receiver?.type === 'call_expression' && isSend(receiver)
}

/** Whether C++ gets a function pointer that it calls more than once: its context is lent, and it says nothing. */
function takesRepeated({ parameters }: Bridged): boolean {
  return parameters.some(
    ({ type }) =>
      type.type === 'function_type' &&
      field(type, 'return_type') === null &&
      below(type, 'reference_type').length > 0,
  )
}

/** Whether a function is named as a value somewhere. */
function givenAway(handler: Node, name: string, codes: readonly Code[]): boolean {
  return codes.some(({ root }) =>
    below(root, 'arguments').some((given) =>
      parts(given).some((one) => bare(one).split('::').at(-1) === name && one.parent?.parent !== handler),
    ),
  )
}

const callbackNames = (takers: readonly Bridged[]): string[] =>
  takers.flatMap(({ parameters }) =>
    parameters.filter(({ type }) => type.type === 'function_type').map(({ name }) => name),
  )

function callsOf(body: Node, names: readonly string[]): Node[] {
  return below(body, 'call_expression').filter((call) =>
    names.includes(
      bare(field(call, 'function'))
        .split(/::|\.|->/)
        .at(-1)!
        .replace(/_$/, ''),
    ),
  )
}

type Loop = { code: Code; node: Node; isEndless: boolean }

function loopAround({ code, body }: CxxFunction, names: readonly string[]): Loop[] {
  return callsOf(body, names).flatMap((call) => {
    const node = [...around(call)].find(({ type }) => /^(?:for|while|do)_|^for_range_loop$/.test(type))
    if (node === undefined) return []
    const condition = bare(field(node, 'condition'))
    const leaves = below(node, 'break_statement', 'return_statement', 'throw_statement').length > 0
    const isEndless = !leaves && /^\(?(?:true|1)?\)?$/.test(condition) && node.type !== 'for_range_loop'
    return [{ code, node, isEndless }]
  })
}
