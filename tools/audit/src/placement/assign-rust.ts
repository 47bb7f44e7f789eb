import { nearest } from '../snippet/nearest.ts'
import { stemOf } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import {
  builds,
  hasMain,
  imported,
  includes,
  isBridge,
  isBuildScript,
  modules,
  names,
  qualified,
  words,
} from '../snippet/says.ts'

export function usesCrate(piece: Piece, packages: ReadonlySet<string>): boolean {
  return [...packages].some((name) => qualified(piece).has(name.replaceAll('-', '_')))
}

/** The file of a program: of a name of its own when the guide says how cargo starts it. */
export function programPath({ text, context }: Piece): string {
  const said = /--(bin|example)[ =]([\w-]+)/.exec(text) ?? /--(bin|example)[ =]([\w-]+)/.exec(context.words)
  if (said === null) return 'src/main.rs'
  return said[1] === 'bin' ? `src/bin/${said[2]}.rs` : `examples/${said[2]}.rs`
}

/** Whether what belongs into the crate's root is a library: its `main` uses it by name, or there is no `main`. */
export function rootPath(piece: Piece, pieces: readonly Piece[], packages: ReadonlySet<string>): string {
  if (hasMain(piece)) return 'src/main.rs'
  const mains = pieces.filter(
    (other) =>
      other.language === 'rust' &&
      hasMain(other) &&
      !isBuildScript(other) &&
      (other.path ?? 'src/main.rs') === 'src/main.rs',
  )
  const main = nearest(piece, mains)
  if (main === null || usesCrate(main, packages)) return 'src/lib.rs'
  return pieces.some(({ path }) => path === 'src/lib.rs') ? 'src/lib.rs' : 'src/main.rs'
}

export function bridgePath(
  piece: Piece,
  pieces: readonly Piece[],
  script: Piece | null,
  packages: ReadonlySet<string>,
): string {
  // What C++ of the same section includes is made of this bridge.
  const beside = pieces.filter(({ sections }) => sections.at(-1) === piece.sections.at(-1))
  const made = beside.flatMap(includes).flatMap((path) => /(src\/\w+\.rs)\.h$/.exec(path)?.[1] ?? [])
  if (made.length > 0 && !hasMain(piece)) return made[0]!
  const { bridges } = script === null ? { bridges: [] } : builds(script)
  const namespace = /namespace\s*=\s*"([\w:]+)"/.exec(piece.text)?.[1]
  const named = bridges.find((path) => namespace !== undefined && stemOf(path) === namespace)
  if (named !== undefined) return named
  const free = bridges.filter((path) => !pieces.some((other) => other.path === path && isBridge(other)))
  if (bridges.length === 1) return bridges[0]!
  if (free.length > 0) return free[0]!
  const included = pieces.flatMap(includes).flatMap((path) => /(src\/\w+\.rs)\.h$/.exec(path)?.[1] ?? [])
  const root = rootPath(piece, pieces, packages)
  return included.length > 0 && !included.includes(root) ? included[0]! : root
}

/** By a name that is taken from a module of the page, the modules that it is taken from. */
export type Takers = ReadonlyMap<string, ReadonlySet<string>>

export function takersOf(pieces: readonly Piece[]): Takers {
  const found = new Map<string, Set<string>>()
  const names = new Set(pieces.flatMap(modules))
  for (const piece of pieces.filter(({ language }) => language === 'rust'))
    for (const [name, words] of qualified(piece))
      if (names.has(name)) for (const word of words) found.set(word, (found.get(word) ?? new Set()).add(name))
  return found
}

/**
 * The file of a module of which other code uses what this piece defines. Of several that may be meant, the one that
 * the piece's own section speaks of.
 */
export function modulePath(piece: Piece, pieces: readonly Piece[], takers: Takers): string | null {
  const wanted = new Set<string>()
  for (const word of names(piece))
    for (const name of takers.get(word) ?? []) {
      // What the file has already, this piece does not give to it.
      const has = pieces.some((other) => other.path === `src/${name}.rs` && names(other).has(word))
      if (!has) wanted.add(`src/${name}.rs`)
    }
  const paths = pieces
    .flatMap(modules)
    .map((name) => `src/${name}.rs`)
    .filter((path) => wanted.has(path))
  const begun = pieces.filter(({ path }) => path !== null && wanted.has(path))
  return nearest(piece, begun)?.path ?? paths[0] ?? null
}

/** Whether a piece takes from the package's library by its name, and so is no part of it. */
function isOutside(piece: Piece, pieces: readonly Piece[], packages: ReadonlySet<string>): boolean {
  const crates = [...packages].map((name) => name.replaceAll('-', '_'))
  return crates.some(
    (name) => imported(piece).has(name) && !pieces.some((other) => modules(other).includes(name)),
  )
}

/** The file whose names a piece uses or is used by, of equals the one shown last before it. */
export function followed(
  piece: Piece,
  at: number,
  pieces: readonly Piece[],
  packages: ReadonlySet<string>,
): string {
  const used = words(piece)
  const own = names(piece)
  const outside = isOutside(piece, pieces, packages)
  // Programs of their own stand in one block, and what is refused is in no file of the others.
  const files = pieces.filter(
    ({ language, path, promise }) =>
      language === 'rust' &&
      promise !== 'refused' &&
      path !== null &&
      path !== 'build.rs' &&
      !/^(?:tests|examples|src\/bin)\//.test(path) &&
      (!outside || path === 'src/main.rs'),
  )
  const usable = new Set(files)
  const before = pieces.slice(0, at).findLast((other) => usable.has(other))
  let best: { path: string; score: number } | null = null
  for (const [path, group] of Map.groupBy(files, (other) => other.path!)) {
    const score = group.reduce(
      (sum, other) => {
        const same = other.sections.at(-1) === piece.sections.at(-1)
        const close = same ? 3 : other.sections[1] === piece.sections[1] ? 1 : 0.5
        const uses = [...names(other)].filter((name) => used.has(name) && name !== 'main').length
        const usedBy = [...own].filter((name) => name !== 'main' && words(other).has(name)).length
        return sum + close * (uses + usedBy)
      },
      path === before?.path && !outside ? 0.4 : 0,
    )
    if (best === null || score > best.score) best = { path, score }
  }
  if (best !== null && best.score > 0) return best.path
  return outside ? `tests/guide_${piece.number}.rs` : rootPath(piece, pieces, packages)
}
