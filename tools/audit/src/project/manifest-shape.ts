import { isInside } from '../snippet/path.ts'

export type Table = Record<string, unknown>

/** What a value may be; or which keys a table may have, `*` for those that nothing else names. */
export type Shape = ((value: unknown) => boolean) | { readonly [key: string]: Shape } | null

export const isText = (value: unknown) => typeof value === 'string'
const flag = (value: unknown) => typeof value === 'boolean'
const number = (value: unknown) => typeof value === 'number' || typeof value === 'bigint'
const texts = (value: unknown) => Array.isArray(value) && value.every(isText)
const within = (value: unknown) => typeof value === 'string' && isInside(value)
const anyOf =
  (...shapes: ((value: unknown) => boolean)[]) =>
  (value: unknown) =>
    shapes.some((shape) => shape(value))
const name = (value: unknown) => typeof value === 'string' && /^[\p{L}\p{N}_-]{1,64}$/u.test(value)
/** What says nothing of how a package is built, and is left out. */
export const IDLE = null

export const isVersion = (value: unknown) =>
  typeof value === 'string' && /^[\w\s.,*^~<>=+-]{1,128}$/.test(value)
export const DEPENDENCY: Shape = {
  ...{ version: isVersion, features: texts, optional: flag, package: name },
  ...{ 'default-features': flag, default_features: flag },
}
const DEPENDENCIES: Shape = { '*': DEPENDENCY }
/** The tables of a manifest that name crates. */
export const KINDS = ['dependencies', 'dev-dependencies', 'build-dependencies'] as const
const KIND_TABLES: Shape = Object.fromEntries(KINDS.map((kind) => [kind, DEPENDENCIES]))
const TARGET: Shape = {
  ...{ name, path: within, 'required-features': texts, edition: isText, 'crate-type': texts },
  ...{
    test: flag,
    doctest: flag,
    bench: flag,
    doc: IDLE,
    'doc-scrape-examples': IDLE,
    harness: flag,
    'proc-macro': flag,
    plugin: flag,
  },
}
const PROFILE: Shape = {
  ...{ 'opt-level': anyOf(isText, number), debug: anyOf(isText, flag, number), lto: anyOf(isText, flag) },
  ...{ 'debug-assertions': flag, 'overflow-checks': flag, panic: isText, 'codegen-units': number },
  ...{
    strip: anyOf(isText, flag),
    incremental: flag,
    rpath: flag,
    'split-debuginfo': isText,
    inherits: name,
  },
}
const LEVELS: Shape = { '*': { '': isText, level: isText, priority: number, 'check-cfg': IDLE } }
export const MANIFEST: Shape = {
  package: {
    ...{
      name,
      version: isText,
      edition: isText,
      'rust-version': isText,
      'default-run': isText,
      resolver: isText,
    },
    ...{ build: anyOf(within, flag), links: isText, publish: IDLE, metadata: IDLE, authors: IDLE },
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
  ...KIND_TABLES,
  target: { '*': KIND_TABLES },
  features: { '*': texts },
  lib: TARGET,
  ...{ bin: { '#': TARGET }, example: { '#': TARGET }, test: { '#': TARGET }, bench: { '#': TARGET } },
  profile: { '*': { ...PROFILE, 'build-override': PROFILE, package: { '*': PROFILE } } },
  lints: { '*': LEVELS },
  badges: IDLE,
  workspace: { resolver: isText },
}

/** A crate's name as it is compared: `-` and `_` are one to cargo. */
export const plain = (name: string): string => name.replaceAll('_', '-')

export const tableOf = (value: unknown): Table => (isTable(value) ? value : {})

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/**
 * The tables of a manifest that name crates, of these kinds alone, with what `of` makes of each dependency; `undefined`
 * leaves it out.
 */
export function dependenciesOf(
  manifest: Table,
  kinds: readonly (typeof KINDS)[number][],
  of: (name: string, wanted: unknown) => unknown = (_, wanted) => wanted,
): Table {
  const tables = kinds.flatMap((kind) => {
    const entries = Object.entries(tableOf(manifest[kind])).flatMap(([name, wanted]) => {
      const value = of(name, wanted)
      return value === undefined ? [] : [[name, value] as const]
    })
    return entries.length === 0 ? [] : [[kind, Object.fromEntries(entries)] as const]
  })
  const target = Object.entries(tableOf(manifest.target)).map(
    ([name, holder]) => [name, dependenciesOf(tableOf(holder), kinds, of)] as const,
  )
  return {
    ...Object.fromEntries(tables),
    ...(target.length === 0 ? {} : { target: Object.fromEntries(target) }),
  }
}
