import { inLanguage } from '../../facts/code.ts'
import { cxxFunctions } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { calledPath, fullPath, ownNodes } from '../../facts/rust.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const neverSuspends: Rule = {
  name: 'never-suspends',
  why: 'A coroutine or an async fn gives its thread back only where it suspends. One that sleeps or blocks keeps the thread, and everything else that would run there waits too.',
  chapter: 'patterns/pitfalls/README.md#c-blocks-the-runtime',
  find: (codes) => [
    ...cxxFunctions(codes).flatMap(({ code, body, declarator, name }): Found[] => {
      const own = below(body, 'co_return_statement', 'co_await_expression', 'co_yield_statement').filter(
        (node) =>
          [...around(node)].find(({ type }) => type === 'lambda_expression' || type === 'function_definition')
            ?.type === 'function_definition',
      )
      if (own.length === 0 || own.some(({ type }) => type !== 'co_return_statement')) return []
      const blocks = below(body, 'call_expression').find(blocksCxx)
      if (blocks === undefined) return []
      return [
        {
          code,
          node: declarator,
          sureness: 'likely',
          message: `\`${name}\` never suspends: \`${bare(field(blocks, 'function'))}\` holds its thread`,
        },
      ]
    }),
    ...inLanguage(codes, 'rust').flatMap((code) =>
      below(code.root, 'function_item', 'async_block').flatMap((node): Found[] => {
        const isAsync =
          node.type === 'async_block' || /\basync\b/.test(parts(node)[0]?.text ?? '') || modifiers(node)
        const body = node.type === 'async_block' ? node : field(node, 'body')
        if (!isAsync || body === null || ownNodes(body, 'await_expression').length > 0) return []
        const blocks = ownNodes(body, 'call_expression').find((call) =>
          /^(?:std::)?thread::sleep$/.test(fullPath(calledPath(call), code, codes)),
        )
        return blocks === undefined
          ? []
          : [
              {
                code,
                node: blocks,
                sureness: 'certain',
                message: 'this async code never suspends: `thread::sleep` holds its thread',
              },
            ]
      }),
    ),
  ],
}

const modifiers = (node: Node): boolean =>
  node.children.some(({ type, text }) => type === 'function_modifiers' && /\basync\b/.test(text))

const BLOCKS = /^(?:(?:std::)?this_thread::)?(?:sleep_for|sleep_until|sleep|usleep|nanosleep)$/

/** A pause, or what waits for another thread. */
function blocksCxx(call: Node): boolean {
  const callee = field(call, 'function')
  if (callee?.type !== 'field_expression') return BLOCKS.test(bare(callee))
  if (parts(field(call, 'arguments')).length > 0) return false
  const method = field(callee, 'field')?.text ?? ''
  return (
    method === 'join' ||
    (/^(?:get|wait)$/.test(method) && /fut(?:ure)?_?$/i.test(bare(field(callee, 'argument'))))
  )
}
