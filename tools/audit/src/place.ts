import { nearest } from './nearest.ts'
import { sideBySide } from './no-crate.ts'
import { usualPlace } from './path.ts'
import type { Piece } from './piece.ts'
import { begins, continued, headerPath, sourcePath } from './place-cxx.ts'
import { bridgePath, followed, modulePath, programPath, rootPath, usesCrate } from './place-rust.ts'
import { hasMain, isBridge, isBuildScript, isHeaderLike, modules, packageName } from './says.ts'

/** Gives every piece of a page the file that it goes into, where the guide does not name it. */
export function placePieces(pieces: readonly Piece[]): Piece[] {
  const names = new Set(pieces.flatMap((piece) => packageName(piece) ?? []))
  const placed: Piece[] = pieces.map((piece) =>
    piece.path === null ? piece : { ...piece, path: settle(piece.path, names) },
  )
  const scripts = () => placed.filter(isBuildScript)
  const put = (at: number, path: string | null) => {
    if (path !== null) placed[at] = { ...placed[at]!, path }
  }
  const each = (give: (piece: Piece, at: number) => string | null) => {
    for (let at = 0; at < placed.length; at++) if (placed[at]!.path === null) put(at, give(placed[at]!, at))
  }
  each((piece) => {
    if (piece.language === 'toml') return 'Cargo.toml'
    if (piece.language === 'cmake') return 'CMakeLists.txt'
    return isBuildScript(piece) ? 'build.rs' : null
  })
  each((piece) => (isBridge(piece) ? bridgePath(piece, placed, nearest(piece, scripts()), names) : null))
  each((piece) => {
    if (piece.language !== 'rust') return null
    if (hasMain(piece)) return programPath(piece)
    if (/#\[(?:\w+::)*test\b/.test(piece.outline.code) && usesCrate(piece, names))
      return `tests/guide_${piece.number}.rs`
    return null
  })
  each((piece) => (modules(piece).length > 0 ? rootPath(piece, placed, names) : null))
  each((piece) => (piece.language === 'rust' ? modulePath(piece, placed) : null))
  each((piece, at) => (piece.language === 'rust' ? followed(piece, at, placed, names) : null))
  placeHeaders()
  each((piece) =>
    piece.language === 'cpp' && begins(piece) ? sourcePath(piece, placed, nearest(piece, scripts())) : null,
  )
  each((piece, at) =>
    piece.language === 'cpp'
      ? (continued(piece, at, placed) ?? sourcePath(piece, placed, nearest(piece, scripts())))
      : null,
  )
  return sideBySide(placed, pieces)

  // That one first of which least can be thought.
  function placeHeaders(): void {
    while (true) {
      const open = placed.flatMap((piece, at) => (piece.path === null && isHeaderLike(piece) ? [at] : []))
      const ranked = open
        .map((at) => ({ at, ...headerPath(placed[at]!, placed, nearest(placed[at]!, scripts()), names) }))
        .sort((a, b) => a.choice - b.choice)
      if (ranked[0] === undefined) return
      put(ranked[0].at, ranked[0].path)
    }
  }
}

/** A path of the guide as one of the package: without the package's own folder before it. */
function settle(path: string, packages: ReadonlySet<string>): string {
  const [first, ...rest] = path.split('/')
  return usualPlace(rest.length > 0 && packages.has(first!) ? rest.join('/') : path)
}
