import { includes, isBridge } from '../snippet/facts.ts'
import { skeleton } from '../snippet/language/skeleton.ts'
import { isHeader } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { versionOf } from './known-crates.ts'
import { dependencies, insert } from './manifest.ts'
import { added, note, type Project, textOf } from './project.ts'
import { crateOf } from './project-crates.ts'

/** What guides take for granted of a crate. */
const FEATURES: ReadonlyMap<string, string> = new Map([
  ['async-std', 'attributes'],
  ['serde', 'derive'],
  ['tokio', 'full'],
])

/** Adds a crate to a table of the manifest. */
export function addDependency(
  project: Project,
  crate: string,
  version: string,
  users: readonly Snippet[],
  table = '[dependencies]',
): void {
  const own = crateOf(project.crates, crate)?.name
  const name = own ?? packageOf(crate)
  const feature = own === undefined ? FEATURES.get(name) : undefined
  const entry =
    feature === undefined
      ? `${name} = "${version}"`
      : `${name} = { version = "${version}", features = ["${feature}"] }`
  insert(project.files.get('Cargo.toml')!, table, added(entry))
  note(
    project,
    'Cargo.toml',
    entry,
    { kind: 'dependency', text: `add \`${entry}\` to ${table} in Cargo.toml` },
    users,
  )
}

/** How cargo calls a crate: the lock knows it by the name with hyphens. */
function packageOf(crate: string): string {
  const hyphened = crate.replaceAll('_', '-')
  return versionOf(hyphened) !== null || HYPHENED.has(hyphened) ? hyphened : crate
}

/** Of the crates that are known and not in the lock. */
const HYPHENED: ReadonlySet<string> = new Set([
  ...['async-std', 'async-stream', 'async-trait', 'cxx-async', 'futures-util', 'pin-project'],
  ...['pin-project-lite', 'pkg-config', 'tokio-stream', 'tokio-util', 'tracing-subscriber'],
])

/** A bridge has to be built: what its chapter in cxx's own book says, with the files at hand. */
export function addBuildScript(project: Project, snippets: readonly Snippet[]): void {
  const bridges = snippets.filter(
    (snippet) => isBridge(snippet) && /\bextern\s+"\s*"|\binclude!/.test(snippet.outline.code),
  )
  const script = project.files.get('build.rs')
  const manifest = project.files.get('Cargo.toml')!
  if (script === undefined && bridges.length > 0) {
    const sources = [...project.files.keys()].filter((path) => /\.(?:cc|cpp|cxx)$/.test(path))
    const flat = snippets.some((snippet) =>
      includes(snippet).some((path) => isHeader(path) && !path.includes('/')),
    )
    const lines = [
      'fn main() {',
      `    cxx_build::bridges([${[...new Set(bridges.map(({ path }) => `"${path}"`))].join(', ')}])`,
      ...sources.map((path) => `        .file("${path}")`),
      ...(flat ? ['        .include("include")'] : []),
      '        .std("c++20")',
      `        .compile("${project.name}");`,
      '}',
    ]
    project.files.set('build.rs', lines.map(added))
    note(
      project,
      'build.rs',
      lines.join('\n'),
      { kind: 'build script', text: 'write a build.rs that builds the bridge and the C++ files' },
      bridges,
    )
  }
  const lines = project.files.get('build.rs')
  const code = lines === undefined ? '' : skeleton(textOf(lines), 'rust')
  for (const crate of ['cxx_build', 'cc']) {
    const used = new RegExp(`\\b${crate}::`).test(code)
    if (!used || dependencies(manifest, true).includes(crate)) continue
    const users = snippets.filter(({ path }) => path === 'build.rs')
    addDependency(
      project,
      crate,
      versionOf(packageOf(crate))!,
      users.length > 0 ? users : bridges,
      '[build-dependencies]',
    )
  }
  if (bridges.length > 0 && !dependencies(manifest).includes('cxx'))
    addDependency(project, 'cxx', versionOf('cxx')!, bridges)
}
