import type { Snippet } from './snippet.ts'

/**
 * The snippet that shares most of the headings with this one. Of those, one of its own section or of what a reader has
 * read already, before what is still to come; and then the one that stands nearest.
 */
export function nearest(snippet: Snippet, among: readonly Snippet[]): Snippet | null {
  const shared = (other: Snippet) => {
    const end = snippet.sections.findIndex((line, at) => other.sections[at] !== line)
    return end < 0 ? snippet.sections.length : end
  }
  const known = (other: Snippet) =>
    other.number < snippet.number || other.sections.at(-1) === snippet.sections.at(-1) ? 1 : 0
  const rank = (other: Snippet) => [shared(other), known(other), -Math.abs(other.number - snippet.number)]
  return among.reduce<Snippet | null>((best, other) => {
    if (best === null) return other
    const [a, b] = [rank(best), rank(other)]
    const differs = a.findIndex((value, at) => value !== b[at])
    return differs >= 0 && b[differs]! > a[differs]! ? other : best
  }, null)
}
