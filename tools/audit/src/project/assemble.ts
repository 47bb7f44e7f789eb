import type { Stage } from '../placement/stage.ts'
import { isHeader } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import { includes, isBridge, names, packageName } from '../snippet/says.ts'
import { type Assembled, add, added, type Line, lineBelow, note, textOf } from './assembled.ts'
import { addBuildScript, addDependency } from './build-script.ts'
import { dependencies, joinManifest } from './manifest.ts'
import { versionOf } from './version.ts'
import { isWorkspace, rootOf } from './workspace.ts'
import { statementLines, wrapped } from './wrap.ts'

/** Puts a stage's pieces into files as a reader would, and adds what every reader knows that he must. */
export function assemble(stage: Stage): Assembled {
  const { pieces } = stage
  const name = nameOf(stage)
  const assembled: Assembled = { name, files: new Map(), helps: [], edits: [] }
  for (const [path, parts] of Map.groupBy(pieces, (piece) => piece.path!))
    if (path !== 'Cargo.toml') assembled.files.set(path, joinFile(parts, assembled))
  if (
    pieces.some(({ language }) => language === 'rust') ||
    pieces.some(({ language }) => language === 'toml')
  ) {
    const { lines } = joinManifest(
      pieces.filter(({ path }) => path === 'Cargo.toml'),
      name,
      pieces.map(({ edition }) => edition).find((edition) => edition !== null) ?? undefined,
    )
    if (isWorkspace(assembled)) {
      const shown = pieces.filter(({ path }) => path === 'Cargo.toml')
      assembled.files.set('Cargo.toml', rootOf(assembled.files, joinFile(shown, assembled)))
      return assembled
    }
    assembled.files.set('Cargo.toml', lines)
    addRoot(assembled)
    addDependencies(assembled, pieces)
    addBuildScript(assembled, pieces)
    addBridgeInclude(assembled, pieces)
  }
  return assembled
}

/** The package that the guide's own words mean: of its manifest, of an include, of a `use`. */
function nameOf({ pieces, reserve }: Stage): string {
  for (const piece of pieces) {
    const name = packageName(piece)
    // Folders are named by it.
    if (name !== null && /^[\p{L}\p{N}_-]{1,64}$/u.test(name)) return name
  }
  const included = [...pieces, ...reserve]
    .flatMap(includes)
    .map((path) => /^([\w-]+)\/(?:include|src|cpp)\//.exec(path)?.[1])
  return (
    included.find((found) => found !== undefined && !['include', 'src', 'rust'].includes(found)) ?? 'guide'
  )
}

/** The pieces of one file, one after another; what can stand in it but once stands once. */
export function joinFile(parts: readonly Piece[], assembled: Assembled): Line[] {
  const seen = new Set<string>()
  const lines: Line[] = []
  const first: Line[] = []
  for (const piece of parts) {
    const text = piece.text.split('\n')
    let own: Line[] = piece.lines.map((code, at) => ({ text: text[at] ?? code.text, piece, code }))
    const statements =
      piece.path === 'Cargo.toml' || piece.role === 'library' || isTest(piece) ? null : statementLines(piece)
    if (piece.language === 'rust') {
      const imports = importRows(piece)
      own = own.map((line, row) => {
        const bare = line.text.trim()
        if (imports.has(row)) {
          if (seen.has(bare)) return { ...line, text: '' }
          seen.add(bare)
        }
        // What speaks of the file as a whole stands at its beginning.
        if (lines.length > 0 && (/^#!\[.*\]$/.test(bare) || bare.startsWith('//!'))) {
          if (bare.startsWith('#!')) first.push(line)
          return { ...line, text: '' }
        }
        return line
      })
    }
    if (statements !== null) {
      const result = wrapped(piece, own, statements.from, statements.to)
      own = result.lines
      const what = result.asynchronous ? 'an `async fn`' : 'a function'
      note(
        assembled,
        piece.path!,
        result.text,
        { kind: 'wrapper', text: `put the statements into ${what}` },
        [piece],
      )
    }
    if (lines.length > 0) lines.push(added(''))
    lines.push(...own)
  }
  return [...first, ...lines]
}

/** What rustdoc tests has a `main` already. */
const isTest = ({ role, language }: Piece): boolean => role === 'example' && language === 'rust'

/** The lines that are one whole `use` of the file itself: what a function imports is its own. */
function importRows({ outline }: Piece): ReadonlySet<number> {
  return new Set(
    outline.segments.flatMap(({ firstLine, lastLine, start, end }) =>
      firstLine === lastLine && /^(?:pub\s+)?use\s/.test(outline.code.slice(start, end)) ? [firstLine] : [],
    ),
  )
}

const PRELUDE = ['std', 'core', 'alloc', 'crate', 'self', 'super', 'Self']

/** A crate that the code names and the manifest does not, where it is one that we know. */
function addDependencies(assembled: Assembled, pieces: readonly Piece[]): void {
  const rust = pieces.filter(({ language, path }) => language === 'rust' && path !== 'build.rs')
  const local = new Set([...rust.flatMap((piece) => [...names(piece)]), assembled.name.replaceAll('-', '_')])
  const wanted = new Map<string, Piece[]>()
  for (const piece of rust)
    for (const [, crate] of piece.outline.code.matchAll(/(?<![\w:.]|::\s*)([a-z]\w*)::(?!\s*<)/g)) {
      if (PRELUDE.includes(crate!) || local.has(crate!)) continue
      if (!wanted.has(crate!)) wanted.set(crate!, [])
      if (!wanted.get(crate!)!.includes(piece)) wanted.get(crate!)!.push(piece)
    }
  const known = dependencies(assembled.files.get('Cargo.toml')!)
  for (const [crate, users] of wanted) {
    const version = versionOf(crate)
    if (version !== null && !known.includes(crate)) addDependency(assembled, crate, version, users)
  }
}

/** A package needs something to build: what `cargo new --lib` makes, without a word, where the page shows none. */
function addRoot({ files }: Assembled): void {
  const manifest = textOf(files.get('Cargo.toml')!)
  const has = [...files.keys()].some((path) =>
    /^src\/(?:lib|main)\.rs$|^src\/bin\/|^(?:tests|examples|benches)\//.test(path),
  )
  if (!has && !/^\s*\[\[?(?:workspace|bin|lib)\b/m.test(manifest)) files.set('src/lib.rs', [added('')])
}

/** A bridge that includes nothing cannot see what the guide's header declares. */
function addBridgeInclude(assembled: Assembled, pieces: readonly Piece[]): void {
  const headers = [...assembled.files.keys()].filter(isHeader)
  for (const piece of pieces.filter(isBridge)) {
    const found = /unsafe\s+extern\s+"\s*"\s*\{/.exec(piece.outline.code)
    if (found === null || headers.length === 0 || includes(piece).length > 0) continue
    const line = lineBelow(assembled, piece, found.index + found[0].length)
    if (line === null) continue
    const text = headers.map((path) => `include!("${assembled.name}/${path}");`).join('\n')
    const told = `add \`${text.split('\n')[0]}\` to the bridge`
    add(assembled, piece.path!, line, text, { kind: 'bridge include', text: told }, [piece])
  }
}
