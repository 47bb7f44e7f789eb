import { baseOf, isHeader } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import {
  builds,
  cmakeSources,
  includes,
  isBridge,
  isPackage,
  knowsRust,
  modules,
  names,
  packageName,
  qualified,
  words,
} from '../snippet/says.ts'
import { begins } from './assign-cxx.ts'

/** Names that any two pieces share without one of them meaning the other. */
const COMMON = new Set([
  'main',
  'new',
  'tests',
  'test',
  'ffi',
  'self',
  'Self',
  'std',
  'T',
  'F',
  'E',
  'Error',
  'Result',
])

/** By piece, the others of a stage that it does not build without: of which it uses names, files or modules. */
export type Needs = ReadonlyMap<Piece, ReadonlySet<Piece>>

/** What each piece of a stage needs of the others, by what it says. */
export function needsAmong(pieces: readonly Piece[]): Needs {
  const defining = new Map<string, Piece[]>()
  const enter = (name: string, piece: Piece) => defining.set(name, [...(defining.get(name) ?? []), piece])
  for (const piece of pieces)
    for (const name of [...names(piece), ...importedNames(piece)]) enter(name, piece)
  const packages = new Set(pieces.flatMap((piece) => packageName(piece)?.replaceAll('-', '_') ?? []))
  const found = new Map<Piece, Set<Piece>>()
  for (const piece of pieces) {
    const needed = new Set<Piece>()
    for (const word of words(piece))
      if (!COMMON.has(word))
        // No excerpt is meant before it is shown.
        for (const other of defining.get(word) ?? [])
          if (!other.elided || other.number < piece.number) needed.add(other)
    for (const other of pieces) if (needsFile(piece, other, packages)) needed.add(other)
    needed.delete(piece)
    found.set(piece, needed)
  }
  return found
}

/** What a `use` of a file brings in for the blocks that go on with it. */
function importedNames({ outline, language }: Piece): string[] {
  if (language !== 'rust') return []
  return outline.segments.flatMap(({ start, end }) => {
    const text = outline.code.slice(start, Math.min(end, start + 2_000))
    return /^(?:pub\s+)?use\s/.test(text)
      ? [...text.matchAll(/(\w+)\s*(?=[,;}])/g)].map(([, name]) => name!)
      : []
  })
}

function needsFile(piece: Piece, other: Piece, packages: ReadonlySet<string>): boolean {
  if (piece === other) return false
  const { path } = other
  if (path === null) return false
  // One file, as the page itself names it.
  if (piece.path === path && piece.named !== null && other.named !== null && path !== 'Cargo.toml')
    return other.number < piece.number
  // Packages that are shown together build together.
  if (
    isMember(path) ||
    (piece.path !== null &&
      isMember(piece.path) &&
      path.startsWith(piece.path.slice(0, -'Cargo.toml'.length)))
  )
    return true
  if (path === 'Cargo.toml')
    return (
      (piece.language === 'rust' || knowsRust(piece)) &&
      (other.number < piece.number || isPackage(other) || namesCrate(piece, other))
    )
  if (path === 'build.rs') {
    const { bridges, sources } = builds(other)
    return isBridge(piece) || bridges.includes(piece.path!) || sources.includes(piece.path!)
  }
  if (piece.path === 'build.rs') {
    const { bridges, sources } = builds(piece)
    return bridges.includes(path) || sources.includes(path)
  }
  // A block that goes on with a file has what was included at its beginning.
  if (
    piece.language === 'cpp' &&
    piece.path === path &&
    other.number < piece.number &&
    begins(other) &&
    !begins(piece)
  )
    return true
  if (piece.language === 'cmake') return other.language === 'cpp'
  if (other.language === 'cmake') return piece.path !== null && cmakeSources(other).includes(piece.path)
  const included = includes(piece)
  if (
    included.some((file) =>
      file.endsWith('.rs.h') ? isBridge(other) && file.endsWith(`${path}.h`) : baseOf(file) === baseOf(path),
    )
  )
    return true
  if (modules(piece).some((name) => path === `src/${name}.rs` || path === `src/${name}/mod.rs`)) return true
  if (
    path === 'src/lib.rs' &&
    [...packages].some((name) => piece.language === 'rust' && qualified(piece).has(name))
  )
    return true
  // A header's functions are in a file of C++ that the program is linked of.
  return (
    other.language === 'cpp' &&
    !isHeader(path) &&
    (isBridge(piece) || piece.language === 'cpp') &&
    includes(other).some((file) => piece.path !== null && baseOf(file) === baseOf(piece.path))
  )
}

const isMember = (path: string): boolean => path.endsWith('/Cargo.toml')

/** Whether a piece of Rust uses a crate that a part of a manifest names. */
const namesCrate = (piece: Piece, manifest: Piece): boolean =>
  [...manifest.text.matchAll(/^[ \t]*([\w-]+)[ \t]*=/gm)].some(([, key]) =>
    words(piece).has(key!.replaceAll('-', '_')),
  )

/** Pieces, and all that these need, and so on. */
export function closure(from: readonly Piece[], needs: Needs): Set<Piece> {
  const found = new Set(from)
  for (const piece of found) for (const other of needs.get(piece) ?? []) found.add(other)
  return found
}

/** All pieces that needs lead to from one, whichever way they point. */
export function connected(piece: Piece, needs: Needs): Set<Piece> {
  const found = new Set([piece])
  for (const one of found) {
    for (const other of needs.get(one) ?? []) if (other.path !== 'Cargo.toml') found.add(other)
    for (const [other, needed] of needs) if (needed.has(one) && one.path !== 'Cargo.toml') found.add(other)
  }
  return found
}
