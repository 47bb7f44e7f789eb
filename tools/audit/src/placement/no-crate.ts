import { named } from '../snippet/cmake-says.ts'
import { baseOf } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'

/**
 * Puts the files of a page that shows no crate side by side, as a reader does who is told of no folders: all but those
 * of which the page says that they stand in one. `told` are the pieces as the page names them.
 */
export function sideBySide(placed: readonly Piece[], reported: readonly Piece[]): Piece[] {
  if (placed.some(({ language }) => language === 'rust' || language === 'toml')) return [...placed]
  const text = reported.map((piece) => piece.text).join('\n')
  const folders = reported
    .filter(({ language }) => language === 'cmake')
    .flatMap((piece) => named(piece.text).folders)
  return placed.map((piece, at) => {
    const path = piece.path!
    const folder = path.slice(0, path.lastIndexOf('/'))
    const said = reported[at]!.path?.includes('/') || text.includes(path) || folders.includes(folder)
    return said ? piece : { ...piece, path: baseOf(path) }
  })
}
