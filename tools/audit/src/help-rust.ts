import { addDependency } from './assemble.ts'
import { type Assembled, add, added, note, textOf } from './assembled.ts'
import { bring } from './bring.ts'
import { knownVersion } from './known-crates.ts'
import { dependencies } from './manifest.ts'
import type { Piece } from './piece.ts'
import type { Problem } from './problem.ts'
import { names } from './says.ts'
import type { Spot } from './where.ts'

/** What a remedy works on. `reserve` is what other sections show. */
export type Case = {
  assembled: Assembled
  reserve: readonly Piece[]
  present: Set<Piece>
  problem: Problem
  spot: Spot | null
}

/** Tries one thing that a reader would; false when it is not for this problem, or has been tried. */
export type Remedy = (at: Case) => boolean

const pieces = ({ spot }: Case): Piece[] => (spot === null ? [] : [spot.piece])

/** The names that rustc does not find. */
export function missingNames({ message, code }: Problem): string[] {
  if (
    code === null ||
    !['E0432', 'E0433', 'E0425', 'E0412', 'E0405', 'E0422', 'E0404', 'E0423', 'E0531', 'E0463'].includes(code)
  ) {
    const macro = /^cannot find (?:\w+ )*macro `(\w+)`/.exec(message)?.[1]
    return macro === undefined ? [] : [macro]
  }
  return [...message.matchAll(/`([^`]+)`/g)].flatMap(([, path]) =>
    path!.split('::').filter((word) => /^\w+$/.test(word)),
  )
}

const dependency: Remedy = (at) => {
  const known = dependencies(at.assembled.files.get('Cargo.toml') ?? [])
  for (const name of missingNames(at.problem)) {
    const version = known.includes(name) ? null : knownVersion(name)
    if (version === null || [...at.present].some((piece) => names(piece).has(name))) continue
    addDependency(at.assembled, name, version, pieces(at))
    return true
  }
  return false
}

const feature: Remedy = (at) => {
  const wanted = at.problem.notes.flatMap((note) =>
    [...note.matchAll(/gated behind the `([\w-]+)` feature/g)].map(([, name]) => name!),
  )
  const manifest = at.assembled.files.get('Cargo.toml')
  if (wanted.length === 0 || manifest === undefined || at.spot === null) return false
  const shown = `${at.problem.message} ${at.problem.notes.join(' ')} ${at.spot.code.text}`
  const crate = dependencies(manifest).find((name) => new RegExp(`\\b${name}\\b`).test(shown))
  return crate !== undefined && addFeature(at, crate, wanted[0]!)
}

function addFeature({ assembled, spot }: Case, crate: string, name: string): boolean {
  const manifest = assembled.files.get('Cargo.toml')!
  const index = manifest.findIndex(({ text }) =>
    new RegExp(`^\\s*${crate.replaceAll('_', '[_-]')}\\s*=`).test(text),
  )
  const line = manifest[index]
  if (line === undefined || line.text.includes(`"${name}"`)) return false
  const listed = /features\s*=\s*\[([^\]]*)\]/.exec(line.text)
  const text =
    listed !== null
      ? line.text.replace(
          listed[0],
          `features = [${listed[1]!.trim() === '' ? '' : `${listed[1]}, `}"${name}"]`,
        )
      : /=\s*"/.test(line.text)
        ? line.text.replace(/=\s*("[^"]*")/, `= { version = $1, features = ["${name}"] }`)
        : line.text.replace(/\s*\}/, `, features = ["${name}"] }`)
  manifest[index] = { ...line, text }
  note(
    assembled,
    'Cargo.toml',
    text,
    { kind: 'feature', text: `turn on the feature \`${name}\` of ${crate}` },
    spot === null ? [] : [spot.piece],
  )
  return true
}

const showsElsewhere: Remedy = (at) => {
  for (const name of missingNames(at.problem)) {
    if ([...at.present].some((piece) => names(piece).has(name))) continue
    if (bring(at, (piece) => piece.language === 'rust' && names(piece).has(name))) return true
  }
  return false
}

const importing: Remedy = (at) => {
  const { problem, assembled } = at
  // A variable that is not there is no function of the same name somewhere in std.
  if (problem.message.startsWith('cannot find value')) return false
  const found = problem.suggestions
    .map(({ text, path, line }) => ({ text: text.trim(), path, line }))
    .filter(({ text, path }) => /^(?:pub )?use [\w:{}, ]+;$/.test(text) && assembled.files.has(path))
  if (found.length === 0) return false
  const rank = (text: string) =>
    /use (?:std|core)::/.test(text) ? 0 : /use (?:crate|super)::/.test(text) ? 1 : 2
  const best = found.toSorted((a, b) => rank(a.text) - rank(b.text))[0]!
  const lines = assembled.files.get(best.path)!
  if (lines.some(({ text }) => text.trim() === best.text)) return false
  add(
    assembled,
    best.path,
    importLine(assembled, best.path, best.line),
    best.text,
    { kind: 'import', text: `add \`${best.text}\` to ${best.path}` },
    pieces(at),
  )
  return true
}

/** Imports stand after what speaks of the whole file. */
function importLine({ files }: Assembled, path: string, line: number): number {
  const lines = files.get(path)!
  const head = lines.findIndex(({ text }) => text.trim() !== '' && !/^\s*(?:\/\/|#!\[)/.test(text))
  return Math.max(line, head + 1)
}

const main: Remedy = (at) => {
  if (at.problem.code === 'E0601') {
    const [path] = [...at.assembled.files.keys()].filter((path) => path === at.problem.path)
    if (path === undefined) return false
    const users = at.assembled.files.get(path)!.flatMap(({ piece }) => piece ?? [])
    add(
      at.assembled,
      path,
      at.assembled.files.get(path)!.length + 1,
      'fn main() {}',
      { kind: 'main', text: `add \`fn main() {}\` to ${path}` },
      [...new Set(users)].slice(-1),
    )
    return true
  }
  if (at.problem.code !== 'E0752' || at.spot === null) return false
  const { path } = at.spot
  const lines = at.assembled.files.get(path)!
  const line = lines.findIndex(({ text }) => /\basync\s+fn\s+main\b/.test(text)) + 1
  if (line === 0 || lines[line - 2]?.text.includes('tokio::main')) return false
  add(
    at.assembled,
    path,
    line,
    '#[tokio::main]',
    { kind: 'main', text: 'add `#[tokio::main]` to `async fn main`' },
    pieces(at),
  )
  if (!dependencies(at.assembled.files.get('Cargo.toml')!).includes('tokio'))
    addDependency(at.assembled, 'tokio', knownVersion('tokio')!, pieces(at))
  return true
}

const edition: Remedy = (at) => {
  if (
    at.problem.code !== 'E0670' &&
    !/Rust 20(?:15|18)|edition 20(?:18|21)/.test(`${at.problem.message} ${at.problem.notes.join(' ')}`)
  )
    return false
  const manifest = at.assembled.files.get('Cargo.toml')
  const index = manifest?.findIndex(({ text }) => /^\s*edition\s*=/.test(text)) ?? -1
  if (manifest === undefined || (index >= 0 && manifest[index]!.text.includes('2021'))) return false
  const line = 'edition = "2021"'
  if (index >= 0) manifest[index] = { ...manifest[index]!, text: line }
  else manifest.splice(manifest.findIndex(({ text }) => text.trim() === '[package]') + 1, 0, added(line))
  note(
    at.assembled,
    'Cargo.toml',
    line,
    { kind: 'edition', text: `set \`${line}\` in Cargo.toml` },
    pieces(at),
  )
  return true
}

/** What two blocks of one file both import is imported once: a reader sees that without being told. */
const importedTwice: Remedy = ({ problem, assembled }) => {
  if (problem.code !== 'E0252' && problem.code !== 'E0254') return false
  const name = /`(\w+)`/.exec(problem.message)?.[1]
  const lines = assembled.files.get(problem.path)
  const line = lines?.[problem.line - 1]
  if (name === undefined || line === undefined) return false
  const from = problem.column - 1
  const rest = line.text.slice(from).replace(new RegExp(`^(?:\\w+::)*${name}\\s*,?\\s*`), '')
  const whole = /^\s*use\s[^{]*;/.test(line.text)
  lines![problem.line - 1] = {
    ...line,
    text: whole ? '' : `${line.text.slice(0, from)}${rest}`.replace(/,\s*\{\s*\}|\w+::\{\s*\}/g, ''),
  }
  return lines![problem.line - 1]!.text !== line.text
}

export const rustRemedies: readonly Remedy[] = [
  importedTwice,
  feature,
  dependency,
  edition,
  main,
  showsElsewhere,
  importing,
]

/** For a file that no other one names: the line that a reader has to add to the crate's root. */
export function nameModule(assembled: Assembled, path: string): boolean {
  const module = /^src\/(\w+)\.rs$/.exec(path)?.[1]
  const root = ['src/lib.rs', 'src/main.rs'].find((file) => file !== path && assembled.files.has(file))
  if (
    module === undefined ||
    root === undefined ||
    new RegExp(`\\bmod ${module}\\b`).test(textOf(assembled.files.get(root)!))
  )
    return false
  const users = [...new Set(assembled.files.get(path)!.flatMap(({ piece }) => piece ?? []))]
  add(
    assembled,
    root,
    importLine(assembled, root, 1),
    `mod ${module};`,
    { kind: 'module', text: `add \`mod ${module};\` to ${root}` },
    users,
  )
  return true
}
