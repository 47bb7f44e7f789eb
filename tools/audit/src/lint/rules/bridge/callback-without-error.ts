import { type Bridged, boxed, bridgeOf, type Parameter, parametersOf } from '../../facts/bridge.ts'
import { type Code, positionOf } from '../../facts/code.ts'
import { type CxxFunction, cxxFunctions } from '../../facts/cxx.ts'
import { definitionsOf } from '../../facts/definition.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { bare, below, field, type Node } from '../../facts/syntax.ts'

export const callbackWithoutError: Rule = {
  name: 'callback-without-error',
  why: 'The work fails one day, and the callback has no place for the error: C++ can only pass a wrong value, drop the context without a reason, or end the process. Give the callback a status or an error beside the value.',
  chapter: 'patterns/best-practices/README.md#errors',
  find: (codes) => {
    const cxx = cxxFunctions(codes)
    return bridgeOf(codes).functions.flatMap((bridged): Found[] =>
      bridged.of === 'cpp' ? ofPointer(bridged, cxx) : ofFunction(bridged, cxx),
    )
  },
}

/** A function pointer that C++ calls back once: it takes its context for good. */
function ofPointer(bridged: Bridged, cxx: readonly CxxFunction[]): Found[] {
  return bridged.parameters.flatMap(({ name, type }): Found[] => {
    if (type.type !== 'function_type' || field(type, 'return_type') !== null) return []
    if (!answersOnce(parametersOf(type)) || carriesError(parametersOf(type))) return []
    // Another callback is there for what goes wrong.
    if (
      bridged.parameters.some((other) => other.type.type === 'function_type' && /err|fail/i.test(other.name))
    )
      return []
    const definitions = definitionsOf(bridged, cxx)
    const message = `\`${name}\` has no place for an error`
    if (definitions.length === 0)
      return [
        {
          code: bridged.code,
          node: type,
          sureness: 'likely',
          message,
          detail: ['the C++ that calls it is not shown'],
        },
      ]
    return found(bridged.code, type, message, definitions)
  })
}

/** A Rust function that C++ calls back by its name. */
function ofFunction(bridged: Bridged, cxx: readonly CxxFunction[]): Found[] {
  if (bridged.fallible || !answersOnce(bridged.parameters) || carriesError(bridged.parameters)) return []
  const callers = cxx.filter(({ body }) =>
    below(body, 'call_expression').some(
      (call) => bare(field(call, 'function')).split('::').at(-1) === bridged.cxxName,
    ),
  )
  const name = field(bridged.node, 'name') ?? bridged.node
  return found(bridged.code, name, `\`${bridged.name}\` has no place for an error`, callers)
}

function found(code: Code, node: Node, message: string, functions: readonly CxxFunction[]): Found[] {
  for (const definition of functions) {
    const failure = failureIn(definition.body)
    if (failure === null) continue
    const { file, line } = positionOf(definition.code, failure.node)
    return [{ code, node, sureness: failure.sureness, message, detail: [`${file}:${line}: ${failure.says}`] }]
  }
  return []
}

/** What in a body of C++ says that its work can fail; `null`: nothing that is shown. */
function failureIn(body: Node): { node: Node; sureness: Found['sureness']; says: string } | null {
  const [thrown] = below(body, 'throw_statement', 'catch_clause')
  if (thrown !== undefined)
    return {
      node: thrown,
      sureness: 'certain',
      says: thrown.type === 'throw_statement' ? 'C++ throws' : 'C++ catches what has gone wrong',
    }
  const waits = below(body, 'call_expression').find((call) =>
    /(?:^|::)(?:sleep_for|sleep_until|sleep|usleep)$/.test(bare(field(call, 'function'))),
  )
  return waits === undefined
    ? null
    : { node: waits, sureness: 'possible', says: 'a pause stands for work, and real work can fail' }
}

const answersOnce = (parameters: readonly Parameter[]): boolean =>
  parameters.length > 1 && parameters.some((parameter) => boxed(parameter) !== null)

const ERROR = ['err', 'error', 'errors', 'errno', 'failure', 'exception', 'problem', 'reason', 'fault']
/** What a number can say of how it went; a text or bytes of that name are a value. */
const STATUS = ['status', 'code', 'rc', 'ret', 'ok', 'success', 'failed', 'valid', 'canceled', 'cancelled']
const PLAIN =
  /^(?:&(?:mut)?)?(?:str|String|\[\w+\]|[iu](?:8|16|32|64|128|size)|f32|f64|Cxx(?:String|Vector)(?:<.*>)?|Vec<\w+>|(?:Box|UniquePtr|SharedPtr)<.*>)$/

/** A bool, a type of the author's own, which may hold an error, or what can hold one and is called so. */
function carriesError(parameters: readonly Parameter[]): boolean {
  return parameters.some((parameter) => {
    const type = bare(parameter.type)
    if (boxed(parameter) !== null) return false
    if (type === 'bool' || !PLAIN.test(type) || /err|result|outcome|status/i.test(type)) return true
    const words = parameter.name.toLowerCase().split('_')
    return words.some((word) => ERROR.includes(word) || (/^[iu]\d/.test(type) && STATUS.includes(word)))
  })
}
