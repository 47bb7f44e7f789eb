import { parse, TomlError } from 'smol-toml'
import {
  DEPENDENCY,
  IDLE,
  isTable,
  isText,
  isVersion,
  MANIFEST,
  type Shape,
  type Table,
} from './manifest-shape.ts'

/** What was understood of a Cargo.toml. The one that cargo sees is written of this, and nothing is copied. */
export type Manifest = Table

export type Unclear = {
  kind: 'unclear'
  message: string
  /** The keys that lead to what was not understood, or its line where the text is no TOML. */
  at: readonly string[] | { line: number; column: number }
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
  if (shape === DEPENDENCY && typeof value === 'string') return isVersion(value) ? null : keys
  if (!isTable(value)) return shape[''] !== undefined && isText(value) ? null : keys
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

const CONDITION = /^(?:cfg\([\w\s"=,().-]{1,1000}\)|[\w.-]{1,100})$/
const isName = (key: string, [table]: readonly string[]) =>
  table === 'target' && key.includes('(') ? CONDITION.test(key) : /^[\p{L}\p{N}_:.+-]{1,100}$/u.test(key)

/** What is said of a crate that comes from elsewhere than the registry. */
export const notTaken = (crate: string): string =>
  `no matching package named \`${crate}\` may be taken from git, a folder or another registry in a sandbox; --project DIR gives a checkout that has it, and --trust tries a guide that you trust`

function messageOf(keys: readonly string[], root: Table): string {
  const [last, before] = keys.toReversed()
  const from = ['git', 'path', 'registry', 'registry-index', 'branch', 'tag', 'rev', 'workspace', 'base']
  const dependency = keys.slice(0, -1).some((key) => key.endsWith('dependencies'))
  if (dependency && from.includes(last!)) return notTaken(before!)
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
