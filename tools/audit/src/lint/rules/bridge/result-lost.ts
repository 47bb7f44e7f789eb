import { type Bridged, boxed, bridgeOf } from '../../facts/bridge.ts'
import type { Code } from '../../facts/code.ts'
import { inLanguage } from '../../facts/code.ts'
import { runsIn } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { calledMethod, calledPath, droppedCalls, ownNodes, rustFunctions } from '../../facts/rust.ts'
import { bare, below, field, type Node, nearest, parts } from '../../facts/syntax.ts'

export const resultLost: Rule = {
  name: 'result-lost',
  why: 'A task waits for this result, and gets none, or an error without its reason. Send on every path out of a callback, and pass each error to code that can report it.',
  chapter: 'patterns/pitfalls/README.md#a-sender-dropped-without-sending',
  find: (codes) => {
    const { functions } = bridgeOf(codes)
    return [...swallowed(codes, functions), ...ignored(codes, functions), ...unsent(codes), ...asyncs(codes)]
  },
}

/** C++ that gives an answer and, when something is thrown before, gives none. */
function swallowed(codes: readonly Code[], functions: readonly Bridged[]): Found[] {
  const handlers = new Set(
    functions
      // What gives its caller something back takes an answer, and gives none.
      .filter(({ of, node }) => of === 'rust' && field(node, 'return_type') === null)
      .filter(({ parameters }) => parameters.some((one) => boxed(one) !== null))
      .map(({ cxxName }) => cxxName),
  )
  const answers = (node: Node): boolean =>
    below(node, 'call_expression').some((call) => {
      const name = bare(field(call, 'function'))
        .split(/::|\.|->/)
        .at(-1)!
      return handlers.has(name) || /^(?:callback|cb|on_(?:done|result|complete)|set_value)_?$/.test(name)
    })
  return inLanguage(codes, 'cpp').flatMap((code) =>
    below(code.root, 'try_statement').flatMap((attempt) => {
      const body = field(attempt, 'body')
      if (body === null || !answers(body)) return []
      const around = runsIn(attempt) ?? code.root
      const later = below(around, 'call_expression').filter(({ start }) => start > attempt.end)
      if (later.some(answers)) return []
      return parts(attempt)
        .filter((clause) => clause.type === 'catch_clause' && catchesFailure(clause))
        .filter((clause) => parts(field(clause, 'body')).every(onlyTells))
        .map(
          (node): Found => ({
            code,
            node,
            sureness: 'likely',
            message: 'this exception ends in C++: whoever waits for the answer gets none',
          }),
        )
    }),
  )
}

/** Not what the author throws to say that the work was stopped. */
function catchesFailure(clause: Node): boolean {
  const caught = field(clause, 'parameters')?.text ?? ''
  return /\.\.\.|\b(?:std|rust|boost)::|error|exception|fail/i.test(caught)
}

/** Whether a statement does nothing but print. */
function onlyTells(statement: Node): boolean {
  return (
    statement.type === 'expression_statement' &&
    /^(?:(?:std::)?(?:cerr|cout|clog)<<|(?:std::)?(?:f?printf|fputs|puts|perror|print|println)\(|(?:LOG|spdlog::\w+)\()/.test(
      bare(statement),
    )
  )
}

/** Rust that asks a bridged function and does not look at what it says. */
function ignored(codes: readonly Code[], functions: readonly Bridged[]): Found[] {
  const found = (code: Code, call: Node, node: Node, statement: Node | null): Found[] => {
    const path = calledPath(call).split('::')
    const bridged = functions.filter(({ of, name }) => of === 'cpp' && name === path.at(-1))
    if (bridged.length === 0 || !bridged.every(({ fallible }) => fallible)) return []
    const inBridge = bridged.some(({ module }) => module !== '' && module === path.at(-2))
    if (statement !== null && statement.type !== 'let_declaration') return []
    return [
      {
        code,
        node,
        sureness: inBridge ? 'certain' : 'likely',
        message: `what \`${path.at(-1)}\` throws is lost here`,
      },
    ]
  }
  return [
    ...droppedCalls(codes).flatMap(({ code, call, statement }) => {
      const receiver = field(call, 'function', 'value')
      if (calledMethod(call) === 'ok' && receiver?.type === 'call_expression')
        return found(code, receiver, receiver, null)
      return found(code, call, call, statement)
    }),
  ]
}

/** A callback that owns its context, and returns before it has done anything with it. */
function unsent(codes: readonly Code[]): Found[] {
  return rustFunctions(codes).flatMap(({ code, node }) => {
    const body = field(node, 'body')
    const context = contextOf(node)
    if (body === null || context === null) return []
    const uses = below(body, 'identifier').filter(({ text }) => text === context)
    const sends = below(body, 'call_expression').some(
      (call) =>
        calledMethod(call) === 'send' && uses.some(({ start }) => call.start <= start && start < call.end),
    )
    if (!sends) return []
    return ownNodes(body, 'return_expression')
      .filter(({ end }) => uses.every(({ start }) => start > end))
      .map(
        (returns): Found => ({
          code,
          node: returns,
          sureness:
            nearest(returns, 'match_arm', 'let_declaration', 'if_expression') === null ? 'likely' : 'certain',
          message: `this path drops \`${context}\` and its sender without an answer`,
        }),
      )
  })
}

/** The parameter that holds a boxed context. */
function contextOf(node: Node): string | null {
  for (const parameter of parts(field(node, 'parameters'))) {
    const type = field(parameter, 'type')
    if (type === null) continue
    const name = field(parameter, 'pattern')?.text.replace(/^mut\s+/, '') ?? ''
    if (boxed({ name, type }) !== null) return name
  }
  return null
}

/** `std::async` whose future nobody has. */
function asyncs(codes: readonly Code[]): Found[] {
  return inLanguage(codes, 'cpp').flatMap((code) =>
    below(code.root, 'expression_statement').flatMap((statement): Found[] => {
      const [call] = parts(statement)
      if (call?.type !== 'call_expression') return []
      if (!/^std::async(?:<.*>)?$/.test(bare(field(call, 'function')))) return []
      return [
        {
          code,
          node: call,
          sureness: 'certain',
          message:
            'the future of `std::async` dies in this statement: it waits here, and what it gives or throws is lost',
        },
      ]
    }),
  )
}
