import { boxed, bridgeOf, type Parameter, parametersOf } from '../../facts/bridge.ts'
import { type Code, inLanguage } from '../../facts/code.ts'
import { declarationsOf, runsIn } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { fullPath } from '../../facts/rust.ts'
import { around, bare, below, field, type Node, parts } from '../../facts/syntax.ts'
import { definedTypes } from '../../facts/types.ts'

export const runtimeReference: Rule = {
  name: 'runtime-reference',
  why: 'A callback may come after the runtime that it refers to is gone, or may be its last owner. Then the runtime is dropped on the thread of the callback, which panics if that thread belongs to the runtime. Give the callback a handle that may outlive the runtime, such as a `tokio::runtime::Handle` or a `weak_ptr`.',
  chapter: 'patterns/pitfalls/README.md#a-callback-after-shutdown',
  find: (codes) => [...contexts(codes), ...lambdas(codes), ...members(codes)],
}

/** Rust types in a box that C++ has, and that hold a runtime. */
function contexts(codes: readonly Code[]): Found[] {
  const { functions } = bridgeOf(codes)
  // What C++ calls back with: of a function pointer, or of a function of Rust that takes its context for good.
  const pointers = functions.flatMap(({ parameters }) =>
    parameters.flatMap(({ type }) => (type.type === 'function_type' ? parametersOf(type) : [])),
  )
  const called = functions.filter(({ of }) => of === 'rust').flatMap(({ parameters }) => parameters)
  const back = [...pointers, ...called].map(contextOf)
  // What C++ asks Rust for is its runtime, and no context.
  const made = functions.map(({ node }) => bare(field(node, 'return_type')))
  const given = new Set(
    functions
      .filter(({ of }) => of === 'cpp')
      .flatMap(({ parameters }) => parameters.map(boxed))
      .filter((name) => name !== null && back.includes(name))
      .filter((name) => !made.some((type) => type.includes(`Box<${name}>`))),
  )
  return definedTypes(codes)
    .filter(({ name }) => given.has(name))
    .flatMap(({ code, node, name }) =>
      below(node, 'type_identifier', 'scoped_type_identifier')
        .filter((type) => type.parent?.type !== 'scoped_type_identifier')
        .filter((type) => isTokio(bare(type), code, codes))
        .map((type): Found => {
          const whole = holder(type)
          return {
            code,
            node: whole,
            sureness: 'likely',
            message: `\`${name}\`, which C++ drops, holds the runtime in its \`${whole.text}\``,
          }
        }),
    )
}

/** The type of a context, given away or lent. */
function contextOf(parameter: Parameter): string | null {
  return boxed(parameter) ?? /^&(?:mut)?(?:\w+::)*(\w+)$/.exec(bare(parameter.type))?.[1] ?? null
}

/** `tokio::runtime::Runtime`, by whatever name, or a `Runtime` that nothing else brings. */
function isTokio(name: string, code: Code, codes: readonly Code[]): boolean {
  const path = fullPath(name, code, codes)
  const isOwn = definedTypes(codes).some((type) => type.name === path)
  return /^tokio::runtime::Runtime$/.test(path) || (path === 'Runtime' && !isOwn)
}

/** The whole type of a member, of which a node is a part. */
function holder(node: Node): Node {
  let whole = node
  for (const parent of around(node)) {
    if (/^(?:field_declaration|ordered_field_declaration_list)$/.test(parent.type)) break
    whole = parent
  }
  return whole
}

const RUNTIME =
  /(?:^|::)(?:\w*(?:Runtime|Executor|EventLoop|Scheduler|ThreadPool)|io_context|io_service|thread_pool|event_loop|uv_loop_t)$/
/** What keeps a callback for later. */
const KEEPS =
  /^(?:on|set|add|register|subscribe|async|then|and_then|submit|schedule|post|defer|dispatch|spawn|emplace|push)(?:_|$)|callback|listener|handler/i

/** Lambdas of C++ that refer to a runtime of the function around, and are kept by somebody else. */
function lambdas(codes: readonly Code[]): Found[] {
  return inLanguage(codes, 'cpp').flatMap((code) =>
    below(code.root, 'lambda_expression').flatMap((lambda): Found[] => {
      const outer = runsIn(lambda)
      const captures = field(lambda, 'captures')
      if (outer === null || captures === null) return []
      const runtime = referred(lambda, bare(captures)).find((name) =>
        declarationsOf(outer, name).some(({ type }) => RUNTIME.test(type)),
      )
      if (runtime === undefined || waitsFor(outer, runtime)) return []
      const call = [...around(lambda)].slice(0, 3).find(({ type }) => type === 'call_expression')
      const callee = bare(field(call ?? null, 'function'))
      const isKept = call === undefined ? isStored(lambda) : KEEPS.test(callee.split(/::|\.|->/).at(-1)!)
      // What the runtime itself runs ends with it.
      if (!isKept || callee.startsWith(`${runtime}.`) || callee.startsWith(`${runtime}->`)) return []
      return [
        {
          code,
          node: captures,
          sureness: 'likely',
          message: `this callback refers to \`${runtime}\`, and may be called when that is gone`,
        },
      ]
    }),
  )
}

function referred(lambda: Node, captures: string): string[] {
  const named = [...captures.matchAll(/&(?:\w+=)?(\w+)/g)].map(([, name]) => name!)
  return /^\[&[\],]/.test(captures)
    ? [...named, ...below(lambda, 'identifier').map(({ text }) => text)]
    : named
}

/** Whether a function stays until the runtime has done all its work. */
function waitsFor(outer: Node, runtime: string): boolean {
  return new RegExp(`\\b${runtime}(?:\\.|->)(?:run|join|wait|block_on|shutdown|drain|poll)\\w*\\(`).test(
    outer.text,
  )
}

/** Whether a lambda is put into a member. */
function isStored(lambda: Node): boolean {
  const into = lambda.parent
  return into?.type === 'assignment_expression' && /(?:_|^(?:this->|m_).*)$/.test(bare(field(into, 'left')))
}

/** Classes of callbacks that have a reference to a runtime for a member. */
function members(codes: readonly Code[]): Found[] {
  return inLanguage(codes, 'cpp').flatMap((code) =>
    below(code.root, 'class_specifier', 'struct_specifier').flatMap((node): Found[] => {
      const name = bare(field(node, 'name'))
      if (!/callback|handler|listener|completion|continuation/i.test(name)) return []
      return parts(field(node, 'body'))
        .filter((member) => member.type === 'field_declaration' && RUNTIME.test(bare(field(member, 'type'))))
        .filter((member) =>
          /^(?:reference|pointer)_declarator$/.test(field(member, 'declarator')?.type ?? ''),
        )
        .map((member) => ({
          code,
          node: member,
          sureness: 'likely',
          message: `\`${name}\` refers to a runtime, and may be called when that is gone`,
        }))
    }),
  )
}
