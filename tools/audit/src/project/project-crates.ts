import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { understand } from './cargo-manifest.ts'
import { knownVersion } from './known-crates.ts'
import { dependenciesOf, KINDS, plain, type Table, tableOf } from './manifest-shape.ts'

/** A library of the checkout that a caller gave; `folder` is where commands see it. */
export type ProjectCrate = {
  name: string
  version: string
  folder: string
  /** Its tables of dependencies, but those of its own tests. */
  dependencies: Table
}

/** By their names, as `plain` spells them. */
export type ProjectCrates = ReadonlyMap<string, ProjectCrate>

const MOST_MANIFESTS = 1_000
const MOST_BYTES = 1024 * 1024

/** The crate that a dependency is on, whatever its manifest calls it. */
export function crateOf(crates: ProjectCrates, name: string, wanted?: unknown): ProjectCrate | undefined {
  const { package: real } = tableOf(wanted)
  return crates.get(plain(typeof real === 'string' ? real : name))
}

/** The libraries of a checkout, of which `folder` is a copy without links. A manifest that cannot be read is left out. */
export function projectCrates(folder: string): ProjectCrates {
  const manifests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => posix.basename(path) === 'Cargo.toml' && statSync(join(folder, path)).size < MOST_BYTES)
    .toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .slice(0, MOST_MANIFESTS)
    .flatMap((path) => {
      const read = understand(readFileSync(join(folder, path), 'utf8'), false)
      return read.kind === 'understood' ? [{ path, manifest: read.manifest }] : []
    })
  const root = manifests.find(({ path }) => path === 'Cargo.toml')?.manifest
  const { package: shared, dependencies: inherited } = tableOf(root?.workspace)
  const crates = new Map<string, ProjectCrate>()
  for (const { path, manifest } of manifests) {
    const { name, version } = tableOf(manifest.package)
    const place = join(folder, posix.dirname(path))
    const isLibrary = 'lib' in manifest || existsSync(join(place, 'src/lib.rs'))
    if (typeof name !== 'string' || !isLibrary || crates.has(plain(name))) continue
    // A guide means the released one, which is built once for all of them.
    if (knownVersion(name.replaceAll('-', '_')) !== null) continue
    const known = typeof version === 'string' ? version : tableOf(shared).version
    const dependencies = dependenciesOf(manifest, ['dependencies', 'build-dependencies'], (name, wanted) => {
      const { workspace, ...rest } = tableOf(wanted)
      return workspace === true ? joined(tableOf(inherited)[name] ?? '*', rest) : wanted
    })
    crates.set(plain(name), { name, version: String(known ?? '0.0.0'), folder: place, dependencies })
  }
  return crates
}

const depthOf = (path: string) => path.split('/').length

/** What a manifest takes of the registry, and what the crates of the checkout that it needs take of it. */
export function ofRegistry(manifest: Table, crates: ProjectCrates): Table {
  const seen = new Set<ProjectCrate>()
  const outer = (tables: Table): Table => {
    const needed: ProjectCrate[] = []
    const own = dependenciesOf(tables, KINDS, (name, wanted) => {
      const crate = crateOf(crates, name, wanted)
      if (crate !== undefined && !seen.has(crate)) {
        seen.add(crate)
        needed.push(crate)
      }
      return crate === undefined && tableOf(wanted).path === undefined ? wanted : undefined
    })
    return needed.reduce((all, { dependencies }) => withDependencies(all, outer(dependencies)), own)
  }
  return outer(manifest)
}

/** A manifest with more dependencies: of a crate that both name, the version of the first, and the features of both. */
export function withDependencies(manifest: Table, more: Table): Table {
  const all: Table = { ...manifest }
  for (const kind of KINDS) {
    const table = { ...tableOf(all[kind]) }
    for (const [name, wanted] of Object.entries(tableOf(more[kind])))
      table[name] = name in table ? joined(table[name], wanted) : wanted
    if (Object.keys(table).length > 0) all[kind] = table
  }
  const target = { ...tableOf(all.target) }
  for (const [name, tables] of Object.entries(tableOf(more.target)))
    target[name] = withDependencies(tableOf(target[name]), tableOf(tables))
  if (Object.keys(target).length > 0) all.target = target
  return all
}

function joined(first: unknown, second: unknown): Table {
  const [a, b] = [first, second].map((wanted) =>
    typeof wanted === 'string' ? { version: wanted } : tableOf(wanted),
  ) as [Table, Table]
  const features = [a.features, b.features].flatMap((listed) => (Array.isArray(listed) ? listed : []))
  return { ...b, ...a, ...(features.length === 0 ? {} : { features: [...new Set(features)] }) }
}
