import { nearest } from './nearest.ts'
import { stemOf } from './path.ts'
import type { Piece } from './piece.ts'
import { builds, hasMain, includes, isBridge, isBuildScript, modules, names, words } from './says.ts'

export function usesCrate(piece: Piece, packages: ReadonlySet<string>): boolean {
  return [...packages].some((name) =>
    new RegExp(`\\b${name.replaceAll('-', '_')}::`).test(piece.outline.code),
  )
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

/**
 * The file of a module of which other code uses what this piece defines. Of several that may be meant, the one that
 * the piece's own section speaks of.
 */
export function modulePath(piece: Piece, pieces: readonly Piece[]): string | null {
  const own = names(piece)
  const asked = (name: string) => {
    // What the file has already, this piece does not give to it.
    const has = pieces.filter(({ path }) => path === `src/${name}.rs`).map(names)
    const gives = [...own].filter((word) => !has.some((known) => known.has(word)))
    const list = new RegExp(`\\b${name}::(\\{[^}]*\\}|\\w+)`, 'g')
    return pieces.some(
      ({ language, outline }) =>
        language === 'rust' &&
        [...outline.code.matchAll(list)].some(([, words]) =>
          (words!.match(/\w+/g) ?? []).some((word) => gives.includes(word)),
        ),
    )
  }
  const paths = [...new Set(pieces.flatMap(modules))].filter(asked).map((name) => `src/${name}.rs`)
  const begun = pieces.filter(({ path }) => path !== null && paths.includes(path))
  return nearest(piece, begun)?.path ?? paths[0] ?? null
}

/** Whether a piece takes from the package's library by its name, and so is no part of it. */
function isOutside(piece: Piece, pieces: readonly Piece[], packages: ReadonlySet<string>): boolean {
  const crates = [...packages].map((name) => name.replaceAll('-', '_'))
  return crates.some(
    (name) =>
      new RegExp(`^use (?:::)?${name}::`, 'm').test(piece.outline.code) &&
      !pieces.some((other) => modules(other).includes(name)),
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
  const before = pieces.slice(0, at).findLast((other) => files.includes(other))
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
