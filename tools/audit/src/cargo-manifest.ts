import { parse, TomlError } from 'smol-toml'
import type { Line } from './assembled.ts'
import { isInside } from './path.ts'
import type { Problem } from './problem.ts'

export type Table = Record<string, unknown>
/** What was understood of a Cargo.toml. The one that cargo sees is written of this, and nothing is copied. */
export type Manifest = Table

export type Unclear = {
  kind: 'unclear'
  message: string
  /** The keys that lead to what was not understood, or its line where the text is no TOML. */
  at: readonly string[] | { line: number; column: number }
}

/** What a value may be; or which keys a table may have, `*` for those that nothing else names. */
type Shape = ((value: unknown) => boolean) | { readonly [key: string]: Shape } | null

const text = (value: unknown) => typeof value === 'string'
const flag = (value: unknown) => typeof value === 'boolean'
const number = (value: unknown) => typeof value === 'number' || typeof value === 'bigint'
const texts = (value: unknown) => Array.isArray(value) && value.every(text)
const within = (value: unknown) => typeof value === 'string' && isInside(value)
const anyOf =
  (...shapes: ((value: unknown) => boolean)[]) =>
  (value: unknown) =>
    shapes.some((shape) => shape(value))
const name = (value: unknown) => typeof value === 'string' && /^[\p{L}\p{N}_-]{1,64}$/u.test(value)
/** What says nothing of how a package is built, and is left out. */
const IDLE = null

const version = (value: unknown) => typeof value === 'string' && /^[\w\s.,*^~<>=+-]{1,128}$/.test(value)
const DEPENDENCY: Shape = {
  ...{ version, features: texts, optional: flag, package: name },
  ...{ 'default-features': flag, default_features: flag },
}
const DEPENDENCIES: Shape = { '*': DEPENDENCY }
const KINDS = {
  dependencies: DEPENDENCIES,
  'dev-dependencies': DEPENDENCIES,
  'build-dependencies': DEPENDENCIES,
}
const TARGET: Shape = {
  ...{ name, path: within, 'required-features': texts, edition: text, 'crate-type': texts },
  ...{ test: flag, doctest: flag, bench: flag, doc: IDLE, harness: flag, 'proc-macro': flag, plugin: flag },
}
const PROFILE: Shape = {
  ...{ 'opt-level': anyOf(text, number), debug: anyOf(text, flag, number), lto: anyOf(text, flag) },
  ...{ 'debug-assertions': flag, 'overflow-checks': flag, panic: text, 'codegen-units': number },
  ...{ strip: anyOf(text, flag), incremental: flag, rpath: flag, 'split-debuginfo': text, inherits: name },
}
const LEVELS: Shape = { '*': { '': text, level: text, priority: number, 'check-cfg': IDLE } }
const MANIFEST: Shape = {
  package: {
    ...{ name, version: text, edition: text, 'rust-version': text, 'default-run': text, resolver: text },
    ...{ build: anyOf(within, flag), links: text, publish: IDLE, metadata: IDLE, authors: IDLE },
    ...{ description: IDLE, documentation: IDLE, readme: IDLE, homepage: IDLE, repository: IDLE },
    ...{
      license: IDLE,
      'license-file': IDLE,
      keywords: IDLE,
      categories: IDLE,
      include: IDLE,
      exclude: IDLE,
    },
    ...{ autolib: flag, autobins: flag, autoexamples: flag, autotests: flag, autobenches: flag },
  },
  ...KINDS,
  target: { '*': KINDS },
  features: { '*': texts },
  lib: TARGET,
  ...{ bin: { '#': TARGET }, example: { '#': TARGET }, test: { '#': TARGET }, bench: { '#': TARGET } },
  profile: { '*': { ...PROFILE, 'build-override': PROFILE, package: { '*': PROFILE } } },
  lints: { '*': LEVELS },
  badges: IDLE,
  workspace: { resolver: text },
}

/** Reads a Cargo.toml; or says what of it is not understood. Of one that is trusted all is taken as it is. */
export function understand(
  manifest: string,
  strict = true,
): { kind: 'understood'; manifest: Manifest } | Unclear {
  let root: Table
  try {
    root = parse(manifest)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const { line, column, message } = error
    const said = message.split('\n')[0]!.replace(/^Invalid TOML document: /, '')
    return { kind: 'unclear', message: `Cargo.toml is no TOML: ${said}`, at: { line, column } }
  }
  if (!strict) return { kind: 'understood', manifest: root }
  const strange = firstStrange(root, MANIFEST, [])
  if (strange !== null) return { kind: 'unclear', message: messageOf(strange, root), at: strange }
  return { kind: 'understood', manifest: withoutIdle(root, MANIFEST) as Manifest }
}

/** The keys that lead to the first part of a value that has another shape; `null` where there is none. */
function firstStrange(value: unknown, shape: Shape, keys: readonly string[]): readonly string[] | null {
  if (shape === IDLE) return null
  if (typeof shape === 'function') return shape(value) ? null : keys
  if ('#' in shape) {
    if (!Array.isArray(value)) return keys
    return firstOf(value.map((item, at) => () => firstStrange(item, shape['#']!, [...keys, String(at)])))
  }
  if (shape === DEPENDENCY && typeof value === 'string') return version(value) ? null : keys
  if (!isTable(value)) return shape[''] !== undefined && text(value) ? null : keys
  return firstOf(
    Object.entries(value).map(([key, inner]) => () => {
      const inside = Object.hasOwn(shape, key) ? shape[key]! : isName(key, keys) ? shape['*'] : undefined
      return inside === undefined ? [...keys, key] : firstStrange(inner, inside, [...keys, key])
    }),
  )
}

function firstOf<T>(looks: readonly (() => T | null)[]): T | null {
  for (const look of looks) {
    const found = look()
    if (found !== null) return found
  }
  return null
}

const CONDITION = /^(?:cfg\([\w\s"=,().-]{1,200}\)|[\w.-]{1,100})$/
const isName = (key: string, [table]: readonly string[]) =>
  table === 'target' && key.includes('(') ? CONDITION.test(key) : /^[\p{L}\p{N}_:.-]{1,100}$/u.test(key)

function messageOf(keys: readonly string[], root: Table): string {
  const [last, before] = keys.toReversed()
  const from = ['git', 'path', 'registry', 'registry-index', 'branch', 'tag', 'rev', 'workspace', 'base']
  const dependency = keys.slice(0, -1).some((key) => key.endsWith('dependencies'))
  if (dependency && from.includes(last!))
    return `no matching package named \`${before}\` may be taken from git, a folder or another registry in a sandbox; a guide that you trust can be tried with --trust`
  const value = keys.reduce<unknown>((inner, key) => (inner as Table)?.[key], root)
  const shown = typeof value === 'string' ? ` = ${JSON.stringify(value.slice(0, 60))}` : ''
  return `Cargo.toml says ${keys.join('.').slice(0, 200)}${shown}, which an audit does not take; a guide that you trust can be tried with --trust`
}

function withoutIdle(value: unknown, shape: Shape): unknown {
  if (shape === IDLE || typeof shape === 'function') return value
  if (Array.isArray(value)) return value.map((item) => withoutIdle(item, shape['#'] ?? IDLE))
  if (!isTable(value)) return value
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const inside = Object.hasOwn(shape, key) ? shape[key]! : (shape['*'] ?? IDLE)
    return inside === IDLE ? [] : [[key, withoutIdle(inner, inside)]]
  })
  return Object.fromEntries(entries)
}

/** A package of its own, whatever folder it lies in. Each dependency stands on one line, so that cargo's words name it. */
export function render(manifest: Manifest): string {
  return tables({ workspace: {}, ...manifest }, []).join('\n')
}

function tables(table: Table, path: readonly string[]): string[] {
  const isInline = (value: unknown) => !isTable(value) || path.at(-1)?.endsWith('dependencies')
  const entries = Object.entries(table)
  const own = entries.flatMap(([key, value]) =>
    isArray(value) || !isInline(value) ? [] : [`${quoted(key)} = ${inline(value)}`],
  )
  const inner = entries.flatMap(([key, value]) => {
    const below = [...path, key]
    if (isArray(value))
      return value.flatMap((item) => [`[[${below.map(quoted).join('.')}]]`, ...tables(item, below), ''])
    return isInline(value) ? [] : [`[${below.map(quoted).join('.')}]`, ...tables(value as Table, below), '']
  })
  return [...own, ...inner]
}

const isArray = (value: unknown): value is Table[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTable)
const quoted = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (isTable(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${quoted(key)} = ${inline(item)}`)
      .join(', ')} }`
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

export const tableOf = (value: unknown): Table => (isTable(value) ? value : {})

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** What was not understood, at its line of the guide. */
export function unclear({ at, message }: Unclear, lines: readonly Line[]): Problem[] {
  const place = 'line' in at ? at : placeOf(at as readonly string[], lines)
  const rest = { code: null, detail: [], notes: [], suggestions: [] }
  return [{ tool: 'cargo', path: 'Cargo.toml', ...place, message, ...rest }]
}

/** The line whose header and key lead furthest towards a value. */
function placeOf(keys: readonly string[], lines: readonly Line[]): { line: number; column: number } {
  let table: string[] = []
  let best = { line: 1, column: 1, depth: 0 }
  for (const [index, { text }] of lines.entries()) {
    const header = /^\s*\[\[?(.*?)\]\]?\s*(?:#.*)?$/.exec(text)?.[1]
    if (header !== undefined) table = partsOf(header)
    const key = header === undefined ? /^\s*([^=#]+?)\s*=/.exec(text)?.[1] : undefined
    const path = [...table, ...(key === undefined ? [] : partsOf(key))]
    const named = keys.filter((part) => !/^\d+$/.test(part))
    const fits = path.length <= named.length && path.every((part, at) => part === named[at])
    if (fits && path.length > best.depth)
      best = { line: index + 1, column: columnOf(text, key !== undefined), depth: path.length }
  }
  return { line: best.line, column: best.column }
}

/** Of a value, or of a header. */
const columnOf = (text: string, isEntry: boolean): number =>
  (isEntry ? /=\s*/.exec(text)!.index + /=\s*/.exec(text)![0].length : text.search(/\S/)) + 1

const partsOf = (keys: string): string[] =>
  [...keys.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c!)
