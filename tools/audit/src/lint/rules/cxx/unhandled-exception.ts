import { type CxxFunction, cxxFunctions } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { around, bare, below, field, type Node } from '../../facts/syntax.ts'

export const unhandledException: Rule = {
  name: 'unhandled-exception',
  why: 'An exception in this coroutine does not reach the code that awaits it: the process ends, or that code gets a value that was never made. Keep the exception in the promise, and throw it again where the result is taken.',
  chapter: 'patterns/coroutine/README.md#the-task',
  find: (codes) => {
    const all = cxxFunctions(codes)
    return all.flatMap((found): Found[] => {
      if (found.name !== 'unhandled_exception' || !(answers(found) || isStarted(found, all))) return []
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
    })
  },
}

const classesAround = (node: Node): Node[] =>
  [...around(node)].filter(({ type }) => /^(?:class|struct)_specifier$/.test(type))

/** Whether its promise is of a coroutine that somebody awaits: what only starts others may well end. */
function answers({ node }: CxxFunction): boolean {
  const [promise, task] = classesAround(node)
  const has = (owner: Node | undefined, name: RegExp) =>
    owner !== undefined &&
    below(owner, 'function_declarator', 'operator_cast').some((one) =>
      name.test(bare(field(one, 'declarator'))),
    )
  return has(promise, /\breturn_value$/) || has(task, /^(?:await_resume|operatorco_await)$/)
}

/** Whether a coroutine of that type answers by a callback, and catches nothing itself. */
function isStarted({ node }: CxxFunction, all: readonly CxxFunction[]): boolean {
  const name = bare(field(classesAround(node).at(-1) ?? null, 'name'))
  return all.some(
    (other) =>
      name !== '' &&
      bare(field(other.node, 'type')) === name &&
      below(other.body, 'co_return_statement', 'co_await_expression').length > 0 &&
      below(other.body, 'try_statement').length === 0 &&
      /\brust::(?:cxxbridge1::)?(?:Box|Fn)</.test(field(other.declarator, 'parameters')?.text ?? ''),
  )
}
