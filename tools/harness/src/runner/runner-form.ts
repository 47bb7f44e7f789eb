import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@cookbook/guide'
import { errorAt } from '@cookbook/guide/error-at'
import { parseAst } from 'vitest/node'
import { RUNNER } from '../context/runner-location.ts'
import type { Pattern } from '../verbs/verbs.ts'

/** A record, so that no check can be forgotten here. */
const METHODS: Record<keyof Pattern, true> = {
  prints: true,
  proves: true,
  withstands: true,
  scripts: true,
  rejects: true,
  fails: true,
  survives: true,
  passes: true,
}

// biome-ignore lint/suspicious/noExplicitAny: the tree's shapes are the parser's, and each is asked for its type.
type Node = any
type Wrong = { node: Node; what: string }

/**
 * Whether a runner is what it should be: one import, one `pattern`, and a list of its checks with constant arguments.
 * It shares a process with the harness, so anything else could skip a check or write evidence of its own. Nothing of
 * it has run when this is asked.
 */
export function runnerFindings(dir: string, file: string): Finding[] {
  const text = readFileSync(join(dir, RUNNER), 'utf8')
  const finding = (offset: number, message: string): Finding => {
    const before = text.slice(0, offset).split('\n')
    return errorAt(
      'runner-form',
      { file, line: before.length, column: before.at(-1)!.length + 1 },
      `${message}, expected a list of checks alone`,
      `keep to \`const name = await pattern(import.meta.dirname)\` and its checks, such as name.proves('tests/file.rs')`,
    )
  }
  let program: Node
  try {
    program = parseAst(text, { lang: 'ts' })
  } catch (error) {
    return [finding(0, `the runner cannot be read: ${(error as Error).message.split('\n')[0]}`)]
  }
  const wrong = wrongOf(program.body)
  return wrong === null ? [] : [finding(wrong.node.start, wrong.what)]
}

/** The first statement, or part of one, that a runner must not have. */
function wrongOf(body: readonly Node[]): Wrong | null {
  const constants = new Set<string>()
  let subject: string | null = null
  for (const node of body) {
    if (node.type === 'ImportDeclaration') {
      if (isImportOfPattern(node)) continue
      return { node, what: `the runner imports ${node.source.value}` }
    }
    if (node.type === 'VariableDeclaration' && node.kind === 'const') {
      for (const { id, init } of node.declarations) {
        if (id.type !== 'Identifier') return { node: id, what: 'the runner takes something apart' }
        if (subject === null && isPattern(init)) {
          subject = id.name
          continue
        }
        const strange = strangeIn(init, constants)
        if (strange !== null) return strange
        constants.add(id.name)
      }
      continue
    }
    const call = node.type === 'ExpressionStatement' ? node.expression : null
    if (call?.type !== 'CallExpression' || !isCheck(call.callee, subject))
      return { node, what: 'the runner does something else than a check' }
    for (const argument of call.arguments) {
      const strange = strangeIn(argument, constants)
      if (strange !== null) return strange
    }
  }
  return subject === null ? { node: { start: 0 }, what: 'the runner opens no pattern' } : null
}

/** As this repository names it, and as a guide that has the package. */
const HARNESS = ['@cookbook/harness', 'cxx-async-cookbook/harness']

function isImportOfPattern({ source, specifiers }: Node): boolean {
  return (
    HARNESS.includes(source.value) &&
    specifiers.length === 1 &&
    specifiers[0].type === 'ImportSpecifier' &&
    specifiers[0].imported.name === 'pattern' &&
    specifiers[0].local.name === 'pattern'
  )
}

/** `await pattern(import.meta.dirname)`. */
function isPattern(init: Node): boolean {
  const call = init?.type === 'AwaitExpression' ? init.argument : null
  if (call?.type !== 'CallExpression' || call.callee.name !== 'pattern' || call.arguments.length !== 1)
    return false
  const [where] = call.arguments
  return (
    where.type === 'MemberExpression' &&
    !where.computed &&
    where.object.type === 'MetaProperty' &&
    where.property.name === 'dirname'
  )
}

function isCheck(callee: Node, subject: string | null): boolean {
  return (
    callee.type === 'MemberExpression' &&
    !callee.computed &&
    callee.object.type === 'Identifier' &&
    callee.object.name === subject &&
    Object.hasOwn(METHODS, callee.property.name)
  )
}

/** The first part of an expression that is no constant: `null` for literals, and for functions of them. */
function strangeIn(node: Node, known: ReadonlySet<string>): Wrong | null {
  const all = (nodes: readonly Node[], names = known) => {
    for (const each of nodes) {
      const strange = strangeIn(each, names)
      if (strange !== null) return strange
    }
    return null
  }
  switch (node?.type) {
    case 'Literal':
      return null
    case 'TemplateLiteral':
      return all(node.expressions)
    case 'Identifier':
      return known.has(node.name) ? null : { node, what: `the runner uses ${node.name}` }
    case 'ArrayExpression':
      return all(node.elements)
    case 'ObjectExpression':
      return all(node.properties)
    case 'Property':
      if (node.computed || node.kind !== 'init' || node.method)
        return { node, what: 'the runner computes a property' }
      return strangeIn(node.value, known)
    case 'SpreadElement':
      return strangeIn(node.argument, known)
    case 'BinaryExpression':
      return all([node.left, node.right])
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return strangeIn(node.expression, known)
    case 'CallExpression':
      return all([node.callee, ...node.arguments])
    case 'ArrowFunctionExpression': {
      const plain = node.params.every((parameter: Node) => parameter.type === 'Identifier')
      if (!plain || !node.expression || node.async) return { node, what: 'the runner defines a function' }
      return strangeIn(node.body, new Set([...known, ...node.params.map(({ name }: Node) => name)]))
    }
    default:
      return { node: node ?? { start: 0 }, what: 'the runner computes something' }
  }
}
