import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openReader } from '@cookbook/audit'
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import * as v from 'valibot'
import { meant } from '../meant.ts'
import { CONFIG_NAMES } from './find-config.ts'
import { CONFIG, type Config } from './schema.ts'

export type ReadConfig = { kind: 'read'; config: Config } | { kind: 'refused'; problem: string }

const refused = (problem: string): ReadConfig => ({ kind: 'refused', problem })

/** Reads a configuration; or says at its line and column what is wrong with it. `cwd` is where it is named from. */
export async function readConfig(file: string, cwd: string): Promise<ReadConfig> {
  const name = relative(cwd, file) || file
  const read = await openReader()(file)
  if (read.kind === 'unread') return refused(`${name} ${read.why}`)
  const text = read.bytes.toString('utf8')
  return file.endsWith('.ts') ? readModule(file, name, text) : readJson(name, text)
}

function readJson(name: string, text: string): ReadConfig {
  const errors: ParseError[] = []
  let tree: Node | undefined
  try {
    tree = parseTree(text, errors, { allowTrailingComma: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refused(`${name}:1:1: it has too many lists or objects within each other`)
  }
  const [error] = errors
  if (error !== undefined) {
    const said = printParseErrorCode(error.error)
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
    return refused(`${at(name, text, error.offset)}: ${said}, expected JSON`)
  }
  if (tree === undefined) return refused(`${name}:1:1: it is empty, expected a JSON object`)
  return validated(plainOf(tree), (path) => at(name, text, offsetOf(tree, path)))
}

async function readModule(file: string, name: string, text: string): Promise<ReadConfig> {
  if (!process.features.typescript)
    return refused(
      `${name}: Node ${process.versions.node} reads no TypeScript, expected 22.18 or newer, or ${CONFIG_NAMES[0]}`,
    )
  let value: unknown
  try {
    value = (await import(pathToFileURL(file).href)).default
  } catch (error) {
    return refused(`${name} cannot be loaded: ${(error as Error).message.split('\n')[0]}`)
  }
  if (value === undefined)
    return refused(`${name}:1:1: it has no default export, expected export default { ... }`)
  // Of a value that a program made only the name of its key can be found.
  return validated(value, (path) => {
    const key = path.findLast((part) => typeof part === 'string')
    return at(name, text, key === undefined ? 0 : Math.max(0, text.indexOf(String(key))))
  })
}

type Path = readonly (string | number)[]

function validated(value: unknown, place: (path: Path) => string): ReadConfig {
  if (Array.isArray(value)) return refused(`${place([])}: the configuration is a list, expected an object`)
  const parsed = v.safeParse(CONFIG, value)
  if (parsed.success) return { kind: 'read', config: parsed.output }
  const problems = parsed.issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as string | number)
    return `${place(path)}: ${said(issue, path)}`
  })
  return refused(problems.join('\n'))
}

const KEYS = Object.keys(CONFIG.entries)

function said({ expected, received, kind, message }: v.BaseIssue<unknown>, path: Path): string {
  const name = path.length === 0 ? 'the configuration' : JSON.stringify(path[0])
  if (expected === 'never' && path.length === 1)
    return `${name} is no option${meant([String(path[0])], KEYS)}, expected any of ${KEYS.join(', ')}`
  const which = path.length > 1 ? `${name}[${path.slice(1).join('][')}]` : name
  if (kind === 'validation') return `${which} ${message}`
  const wanted = (expected ?? '').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')
  return `${which} is ${received}, expected ${wanted === 'Object' ? 'an object' : wanted}`
}

function plainOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainOf)
  if (node.type !== 'object') return node.value
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [children![0]!.value, plainOf(children![1]!)]),
  )
}

/** Where the value lies, and of a key that does not belong there the key. */
function offsetOf(tree: Node, path: Path): number {
  const node = findNodeAtLocation(tree, [...path])
  const isKey = path.length === 1 && !KEYS.includes(String(path[0]))
  return (isKey ? node?.parent?.offset : node?.offset) ?? tree.offset
}

function at(name: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${name}:${before.length}:${before.at(-1)!.length + 1}`
}
