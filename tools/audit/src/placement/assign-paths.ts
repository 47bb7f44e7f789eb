import { nearest } from '../snippet/nearest.ts'
import { usualPlace } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import { hasMain, isBridge, isBuildScript, isHeaderLike, modules, packageName } from '../snippet/says.ts'
import { begins, continued, headerPath, sourcePath, wantedHeaders } from './assign-cxx.ts'
import {
  bridgePath,
  followed,
  modulePath,
  programPath,
  rootPath,
  takersOf,
  usesCrate,
} from './assign-rust.ts'
import { sideBySide } from './no-crate.ts'

/** Gives every piece of a page the file that it goes into, where the guide does not name it. */
export function assignPaths(pieces: readonly Piece[]): Piece[] {
  const folders = new Set(
    pieces.flatMap(({ path, language }) =>
      language === 'toml' && path?.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : [],
    ),
  )
  // Where several packages are shown, each in its folder, that is a part of what the page says.
  const names = new Set(folders.size > 1 ? [] : pieces.flatMap((piece) => packageName(piece) ?? []))
  const placed: Piece[] = pieces.map((piece) =>
    piece.path === null ? piece : { ...piece, path: settle(piece.path, names) },
  )
  const scripts = () => placed.filter(isBuildScript)
  const put = (at: number, path: string | null) => {
    if (path !== null)
      placed[at] = { ...placed[at]!, path: placed[at]!.isC ? path.replace(/\.(?:cc|cpp|cxx)$/, '.c') : path }
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
  const takers = takersOf(pieces)
  each((piece) => (piece.language === 'rust' ? modulePath(piece, placed, takers) : null))
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

  // That one first of which least can be thought; of more than a page can be about, the first.
  function placeHeaders(): void {
    const wanted = wantedHeaders(placed)
    const placeOf = (at: number) =>
      headerPath(placed[at]!, placed, wanted, nearest(placed[at]!, scripts()), names)
    let open = placed.flatMap((piece, at) => (piece.path === null && isHeaderLike(piece) ? [at] : []))
    while (open.length > 0) {
      const ranked = open.slice(0, open.length > RANKED ? 1 : RANKED).map((at) => ({ at, ...placeOf(at) }))
      const { at, path } = ranked.reduce((one, other) => (other.choice < one.choice ? other : one))
      put(at, path)
      open = open.filter((other) => other !== at)
    }
  }
}

const RANKED = 20

/** A path of the guide as one of the package: without the package's own folder before it. */
function settle(path: string, packages: ReadonlySet<string>): string {
  const [first, ...rest] = path.split('/')
  return usualPlace(rest.length > 0 && packages.has(first!) ? rest.join('/') : path)
}
