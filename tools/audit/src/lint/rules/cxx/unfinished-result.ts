import { type Code, inLanguage } from '../../facts/code.ts'
import type { CxxFunction } from '../../facts/cxx.ts'
import { cxxFunctions } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const unfinishedResult: Rule = {
  name: 'unfinished-result',
  why: 'The promise of a coroutine has its value only when the coroutine has ended. Code that takes it earlier reads a value that was never written. Check `done()` first, or resume the coroutine until it is done.',
  chapter: 'patterns/coroutine/README.md#the-task',
  find: (codes) =>
    cxxFunctions(codes).flatMap((getter): Found[] => {
      const taken = takenFromPromise(getter)
      if (taken === null || asksDone(getter.body) || isAwaiter(getter)) return []
      const callers = callersOf(getter, codes)
      if (callers.length > 0 && callers.every(asksDone)) return []
      return [
        {
          code: getter.code,
          node: taken,
          sureness: 'likely',
          message: `\`${getter.name}\` takes the result, and nothing checks whether the coroutine is done`,
        },
      ]
    }),
}

const GETTER = /^(?:get|result|value|take|into|unwrap)(?:_|$)|result$|^operator\(\)$/i
const DONE = /^(?:is_)?(?:done|ready|finished|complete|completed)$/

/** Where a function that gives a result reads it from `handle.promise()`. */
function takenFromPromise({ name, body }: CxxFunction): Node | null {
  if (!GETTER.test(name)) return null
  return (
    below(body, 'return_statement')
      .flatMap((one) => below(one, 'field_expression'))
      .find((one) => /(?:\.|->)promise\(\)$/.test(bare(field(one, 'argument')))) ?? null
  )
}

/** Whether a snippet of code asks for the end, or waits for it. */
function asksDone(node: Node): boolean {
  return below(node, 'call_expression').some((call) => {
    const method = (field(call, 'function', 'field') ?? field(call, 'function'))?.text ?? ''
    return DONE.test(method) || /^(?:wait|join|sync_wait|run|block_on)(?:_|$)/.test(method)
  })
}

/** What `co_await` asks comes when the coroutine is at its end. */
const isAwaiter = ({ node }: CxxFunction): boolean =>
  [...around(node)].some(
    (outer) =>
      /^(?:class|struct)_specifier$/.test(outer.type) &&
      below(outer, 'function_declarator').some((one) => bare(field(one, 'declarator')) === 'await_suspend'),
  )

/** The functions of a page, of both languages, that call a method by its name. */
function callersOf({ name, node }: CxxFunction, codes: readonly Code[]): Node[] {
  return (['cpp', 'rust'] as const).flatMap((language) =>
    inLanguage(codes, language)
      .flatMap(({ root }) => below(root, 'function_definition', 'function_item'))
      .filter(
        (caller) => caller !== node && below(caller, 'call_expression').some((call) => calls(call, name)),
      ),
  )
}

function calls(call: Node, name: string): boolean {
  const callee = field(call, 'function')
  const method = field(callee, 'field')?.text ?? bare(callee).split('::').at(-1)
  return method === name && parts(field(call, 'arguments')).length <= 1
}
