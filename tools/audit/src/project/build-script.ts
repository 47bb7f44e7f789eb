import { isHeader } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import { includes, isBridge } from '../snippet/says.ts'
import { type Assembled, added, note } from './assembled.ts'
import { dependencies, insert } from './manifest.ts'
import { versionOf } from './version.ts'

/** Adds a crate to a table of the manifest. */
export function addDependency(
  assembled: Assembled,
  crate: string,
  version: string,
  users: readonly Piece[],
  table = '[dependencies]',
): void {
  const entry =
    crate === 'tokio'
      ? `tokio = { version = "${version}", features = ["full"] }`
      : `${packageOf(crate)} = "${version}"`
  insert(assembled.files.get('Cargo.toml')!, table, added(entry))
  note(
    assembled,
    'Cargo.toml',
    entry,
    { kind: 'dependency', text: `add \`${entry}\` to ${table} in Cargo.toml` },
    users,
  )
}

/** How cargo calls a crate: the lock knows it by the name with hyphens. */
function packageOf(crate: string): string {
  return versionOf(crate.replaceAll('_', '-')) === null ? crate : crate.replaceAll('_', '-')
}

/** A bridge has to be built: what its chapter in cxx's own book says, with the files at hand. */
export function addBuildScript(assembled: Assembled, pieces: readonly Piece[]): void {
  const bridges = pieces.filter(
    (piece) => isBridge(piece) && /\bextern\s+"\s*"|\binclude!/.test(piece.outline.code),
  )
  const script = assembled.files.get('build.rs')
  const manifest = assembled.files.get('Cargo.toml')!
  if (script === undefined && bridges.length > 0 && pieces.some(({ language }) => language === 'cpp')) {
    const sources = [...assembled.files.keys()].filter((path) => /\.(?:cc|cpp|cxx)$/.test(path))
    const flat = pieces.some((piece) => includes(piece).some((path) => isHeader(path) && !path.includes('/')))
    const lines = [
      'fn main() {',
      `    cxx_build::bridges([${[...new Set(bridges.map(({ path }) => `"${path}"`))].join(', ')}])`,
      ...sources.map((path) => `        .file("${path}")`),
      ...(flat ? ['        .include("include")'] : []),
      '        .std("c++20")',
      `        .compile("${assembled.name}");`,
      '}',
    ]
    assembled.files.set('build.rs', lines.map(added))
    note(
      assembled,
      'build.rs',
      lines.join('\n'),
      { kind: 'build script', text: 'write a build.rs that builds the bridge and the C++ files' },
      bridges,
    )
  }
  const code =
    assembled.files
      .get('build.rs')
      ?.map(({ text }) => text)
      .join('\n') ?? ''
  for (const crate of ['cxx_build', 'cc']) {
    const used = new RegExp(`\\b${crate}::`).test(code)
    if (!used || dependencies(manifest, true).includes(crate)) continue
    const users = pieces.filter(({ path }) => path === 'build.rs')
    addDependency(
      assembled,
      crate,
      versionOf(packageOf(crate))!,
      users.length > 0 ? users : bridges,
      '[build-dependencies]',
    )
  }
  if (bridges.length > 0 && !dependencies(manifest).includes('cxx'))
    addDependency(assembled, 'cxx', versionOf('cxx')!, bridges)
}
