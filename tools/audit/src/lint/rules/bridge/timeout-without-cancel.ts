import { type Bridged, boxed, bridgeOf } from '../../facts/bridge.ts'
import { type Code, inLanguage } from '../../facts/code.ts'
import { cxxFunctions, declarationsOf, declared } from '../../facts/cxx.ts'
import { inOneSection } from '../../facts/near.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { calledMethod, calledPath, fullPath, rustFunctions } from '../../facts/rust.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const timeoutWithoutCancel: Rule = {
  name: 'timeout-without-cancel',
  why: 'A timeout drops the future and nothing else: a thread, a spawned task and C++ work go on, with all that they hold, and slow calls pile up. Stop the work when the future is dropped, or abort the task.',
  chapter: 'patterns/best-practices/README.md#cancellation',
  find: (codes) => [...ofRust(codes), ...ofCxx(codes)],
}

const STOPS = /(?:^|_)(?:stop|cancel|close|abort|shutdown|unsubscribe)(?:_|$)/
const SPAWNS = /(?:^|::)(?:spawn|spawn_blocking|spawn_local)$/

function ofRust(codes: readonly Code[]): Found[] {
  const { functions } = bridgeOf(codes)
  return inLanguage(codes, 'rust').flatMap((code) =>
    below(code.root, 'call_expression').flatMap((call): Found[] => {
      const work = timed(call, code, codes)
      if (work === null) return []
      const reason = goesOn(work, code, codes, functions)
      return reason === null ? [] : [{ code, node: call, ...reason }]
    }),
  )
}

/** What a call gives a time limit to: `timeout(limit, work)` of tokio and others. */
function timed(call: Node, code: Code, codes: readonly Code[]): Node | null {
  const path = fullPath(calledPath(call), code, codes)
  const given = parts(field(call, 'arguments'))
  if (!/^(?:(?:tokio::)?time::|async_std::future::|(?:tokio|futures)::)?timeout$/.test(path)) return null
  return given.length === 2 ? given[1]! : null
}

type Reason = Pick<Found, 'sureness' | 'message'>

function goesOn(
  work: Node,
  code: Code,
  codes: readonly Code[],
  functions: readonly Bridged[],
): Reason | null {
  const outer = [...around(work)].find(({ type }) => type === 'function_item') ?? code.root
  const name = /^(?:&mut)?(\w+)$/.exec(bare(work))?.[1]
  if (name !== undefined) {
    const bound = below(outer, 'let_declaration').findLast(
      (one) => bare(field(one, 'pattern')).replace(/^mut(?=\w)/, '') === name && one.start < work.start,
    )
    const value = field(bound ?? null, 'value')
    // `let mut handle` is a pattern beside the word.
    if (value?.type !== 'call_expression' || !spawns(value, code, codes)) return null
    const aborted = new RegExp(`\\b${name}\\.abort\\(|\\b${name}\\.abort_handle\\(`).test(outer.text)
    return aborted ? null : { sureness: 'certain', message: `the task \`${name}\` goes on after the timeout` }
  }
  if (work.type !== 'call_expression') return null
  if (spawns(work, code, codes))
    return {
      sureness: 'certain',
      message: `what \`${calledPath(work)}\` started goes on after the timeout`,
    }
  const called = calledPath(work).split('::').at(-1)!
  const started = rustFunctions(codes)
    .filter((defined) => defined.name === called)
    .flatMap(({ node }) => below(node, 'call_expression'))
    .flatMap((inner) =>
      functions.filter(
        (bridged) =>
          bridged.of === 'cpp' && bridged.name === calledPath(inner).split('::').at(-1) && starts(bridged),
      ),
    )[0]
  if (started === undefined) return null
  const near = functions.filter((one) => inOneSection(started.code, one.code))
  const canStop =
    near.some((one) => STOPS.test(one.name)) ||
    inLanguage(codes, 'rust').some(({ root }) =>
      below(root, 'impl_item').some((item) => /^(?:\w+::)*Drop$/.test(bare(field(item, 'trait')))),
    )
  return canStop
    ? null
    : {
        sureness: 'likely',
        message: `what \`${started.name}\` started in C++ goes on after the timeout: the bridge has nothing that stops it`,
      }
}

function spawns(call: Node, code: Code, codes: readonly Code[]): boolean {
  return SPAWNS.test(fullPath(calledPath(call), code, codes)) || SPAWNS.test(calledMethod(call))
}

/** Whether C++ answers later: it takes a context for good. */
const starts = ({ parameters }: Bridged): boolean =>
  parameters.some((parameter) => parameter.type.type === 'function_type' || boxed(parameter) !== null)

/** The future of `std::async`, for which its own destructor waits, whatever the limit was. */
function ofCxx(codes: readonly Code[]): Found[] {
  return cxxFunctions(codes).flatMap(({ code, body }) =>
    below(body, 'call_expression').flatMap((call): Found[] => {
      const callee = field(call, 'function')
      if (!/^wait_(?:for|until)$/.test(field(callee, 'field')?.text ?? '')) return []
      const name = declared(field(callee, 'argument'))
      const isAsync = declarationsOf(body, name).some(({ value }) =>
        /^(?:std::)?async(?:<.*>)?\(/.test(bare(value)),
      )
      return isAsync
        ? [
            {
              code,
              node: call,
              sureness: 'certain',
              message: `\`${name}\` of \`std::async\` waits in its destructor: this limit ends nothing`,
            },
          ]
        : []
    }),
  )
}
