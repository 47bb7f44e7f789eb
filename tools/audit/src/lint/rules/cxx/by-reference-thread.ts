import { type Code, inLanguage } from '../../facts/code.ts'
import { declarationsOf, declared, makesThread, methodCallsOf, runsIn, threadTypes } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'
import { detaches } from './detached-thread.ts'

export const byReferenceThread: Rule = {
  name: 'by-reference-thread',
  why: 'The function returns and its variables are gone, while the thread that refers to them runs on: it reads and writes a stack that other calls use now. Move or copy into the thread what it needs.',
  chapter: 'patterns/pitfalls/README.md#a-capture-by-reference',
  find: (codes) => {
    const isThread = threadTypes(codes)
    return inLanguage(codes, 'cpp').flatMap((code) =>
      below(code.root, 'lambda_expression').flatMap((lambda): Found[] => {
        const captured = referred(lambda)
        if (captured.length === 0) return []
        const outlives = sureness(lambda, codes, code, isThread)
        const onlySelf = captured.every((name) => name === 'this')
        // A thread that is a member of what it refers to is as a rule joined by its destructor.
        if (outlives === null || (onlySelf && outlives !== 'certain')) return []
        const node = field(lambda, 'captures')!
        const names = captured.map((name) => `\`${name}\``).join(', ')
        return [
          {
            code,
            node,
            sureness: onlySelf ? 'likely' : outlives,
            message: onlySelf
              ? 'this thread refers to an object that does not wait for it'
              : `this thread refers to ${names} of a function that does not wait for it`,
          },
        ]
      }),
    )
  },
}

/** The variables of the function around that a lambda refers to. */
function referred(lambda: Node): string[] {
  const said = (field(lambda, 'captures')?.text ?? '').replace(/^\[|\]$/g, '').split(',')
  const captures = said.map((capture) => capture.trim())
  const named = captures.flatMap((capture) => /^&\s*(\w+)$/.exec(capture)?.[1] ?? [])
  const initial = captures.flatMap((capture) => /^&\s*\w+\s*=\s*(\w+)/.exec(capture)?.[1] ?? [])
  const around = runsIn(lambda)
  if (around === null) return named
  const own = (name: string) =>
    declarationsOf(around, name).some(({ node }) => node.start < lambda.start && !isStatic(node)) ||
    captureOf(around, name)
  const uses = captures.includes('&') ? below(lambda, 'identifier').map(({ text }) => text) : []
  const inside = new Set(
    below(lambda, 'declaration', 'parameter_declaration').map((node) => declaredBy(node)),
  )
  const excepted = captures.map((capture) => capture.split('=')[0]!.trim())
  const byDefault = uses.filter((name) => own(name) && !inside.has(name) && !excepted.includes(name))
  const self = captures.includes('this') && around.type === 'function_definition' ? ['this'] : []
  return [...new Set([...named, ...initial.filter(own), ...byDefault, ...self])]
}

const declaredBy = (node: Node): string => declared(field(node, 'declarator'))

const isStatic = (node: Node): boolean =>
  node.children.some(({ type, text }) => type === 'storage_class_specifier' && text !== 'register')

const captureOf = (around: Node, name: string): boolean =>
  around.type === 'lambda_expression' && new RegExp(`\\b${name}\\b`).test(field(around, 'captures')!.text)

/** How sure it is that the thread of a lambda outlives the call that starts it; `null`: no thread, or it is joined. */
function sureness(
  lambda: Node,
  codes: readonly Code[],
  code: Code,
  isThread: (type: string) => boolean,
): Found['sureness'] | null {
  const made = [...around(lambda)].slice(0, 3)
  const thread = made.find((node) => makesThread(node, isThread))
  const outer = runsIn(lambda) ?? code.root
  const calls = below(outer, 'call_expression')
  if (thread === undefined) {
    const declaration = made.find(({ type }) => type === 'init_declarator')
    if (declaration === undefined || !isThread(bare(field(declaration.parent, 'type')))) return null
    return fateOf(declared(declaration), bare(field(declaration.parent, 'type')))
  }
  for (const node of around(thread)) {
    if (node === outer) break
    if (node.type === 'call_expression' && detaches(node, codes, code, isThread) !== null) return 'certain'
    if (node.type === 'return_statement') return 'certain'
    if (node.type === 'init_declarator')
      return fateOf(declared(node), bare(field(thread, 'function') ?? thread))
    if (node.type === 'assignment_expression') {
      const target = field(node, 'left')
      return joined(declared(target)) ? null : 'likely'
    }
  }
  return null

  /** What becomes of a thread that has a name in the function. */
  function fateOf(name: string, type: string): Found['sureness'] | null {
    if (methodCallsOf(outer, name).some((call) => detaches(call, codes, code, isThread) !== null))
      return 'certain'
    if (joined(name)) return null
    const returned = below(outer, 'return_statement').some((node) => namesIn(node).includes(name))
    if (returned) return 'certain'
    const moved = calls.some(
      (call) =>
        /^(?:std::)?move$/.test(bare(field(call, 'function'))) &&
        parts(field(call, 'arguments')).some(({ text }) => text === name),
    )
    return moved && /thread/.test(type) ? 'possible' : null
  }

  function joined(name: string): boolean {
    return methodCallsOf(outer, name).some((call) => field(call, 'function', 'field')?.text === 'join')
  }
}

const namesIn = (node: Node): string[] => below(node, 'identifier').map(({ text }) => text)
