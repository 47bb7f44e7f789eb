import type { Piece } from './piece.ts'

/**
 * The piece that shares most of the headings with this one. Of those, one of its own section or of what a reader has
 * read already, before what is still to come; and then the one that stands nearest.
 */
export function nearest(piece: Piece, among: readonly Piece[]): Piece | null {
  const shared = (other: Piece) => {
    const end = piece.sections.findIndex((line, at) => other.sections[at] !== line)
    return end < 0 ? piece.sections.length : end
  }
  const known = (other: Piece) =>
    other.number < piece.number || other.sections.at(-1) === piece.sections.at(-1) ? 1 : 0
  const rank = (other: Piece) => [shared(other), known(other), -Math.abs(other.number - piece.number)]
  return among.reduce<Piece | null>((best, other) => {
    if (best === null) return other
    const [a, b] = [rank(best), rank(other)]
    const differs = a.findIndex((value, at) => value !== b[at])
    return differs >= 0 && b[differs]! > a[differs]! ? other : best
  }, null)
}
