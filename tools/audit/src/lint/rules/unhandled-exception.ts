import { type CxxFunction, cxxFunctions } from '../cxx.ts'
import type { Found, Rule } from '../rule.ts'
import { around, bare, below, field, type Node } from '../syntax.ts'

export const unhandledException: Rule = {
  name: 'unhandled-exception',
  why: 'What a coroutine throws reaches nobody who awaits it: the process ends, or the awaiting side gets a value that was never made. Keep the exception in the promise, and throw it again where the result is taken.',
  chapter: 'patterns/coroutine/README.md#the-task',
  find: (codes) =>
    cxxFunctions(codes).flatMap((found): Found[] => {
      if (found.name !== 'unhandled_exception' || !answers(found)) return []
      const ends = below(found.body, 'call_expression').find((call) =>
        /^(?:std::)?(?:terminate|abort|_?exit|quick_exit)$/.test(bare(field(call, 'function'))),
      )
      const isEmpty = found.body.children.every(({ type }) => ['{', '}', 'comment'].includes(type))
      if (ends === undefined && !isEmpty) return []
      return [
        {
          code: found.code,
          node: found.declarator,
          sureness: ends === undefined ? 'certain' : 'likely',
          message:
            ends === undefined
              ? 'what the coroutine throws is lost'
              : 'what the coroutine throws ends the process',
        },
      ]
    }),
}

/** Whether its promise is of a coroutine that somebody gets a value of: what only starts others may well end. */
function answers({ node }: CxxFunction): boolean {
  const promise = [...around(node)].find(({ type }) => /^(?:class|struct)_specifier$/.test(type))
  if (promise === undefined) return false
  return below(promise, 'function_declarator').some((one: Node) =>
    /\breturn_value$/.test(bare(field(one, 'declarator'))),
  )
}
