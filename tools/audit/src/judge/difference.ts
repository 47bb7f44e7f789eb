/** Where what a guide shows of an output is not what was printed. */

const ELIDED = /^\s*(?:\.{3}|…|\[(?:\.{3}|…)\])\s*$/

/** The rows at which two texts part, or `null`. A line of three dots stands for any lines, and a long line may be broken. */
export function firstDifference(
  shown: readonly string[],
  printed: readonly string[],
): { shown: number; printed: number } | null {
  if (isBroken(shown, printed)) return null
  let at = 0
  for (const [row, text] of shown.entries()) {
    if (ELIDED.test(text)) {
      const next = shown[row + 1]
      if (next === undefined) return null
      const found = printed.indexOf(next, at)
      if (found < 0) return { shown: row + 1, printed: printed.length }
      at = found
      continue
    }
    if (printed[at] !== text) return { shown: row, printed: at }
    at++
  }
  return at < printed.length ? { shown: shown.length, printed: at } : null
}

const solid = (lines: readonly string[]): string => lines.join('').replace(/\s+/g, '')

/** Whether a text is some of the lines that were printed, broken into more. */
function isBroken(shown: readonly string[], printed: readonly string[]): boolean {
  const wanted = solid(shown)
  if (shown.length < 2) return false
  for (const [from] of printed.entries()) {
    let text = ''
    for (let to = from; to < printed.length && to - from < shown.length - 1; to++) {
      text += solid([printed[to]!])
      if (text === wanted) return true
      if (!wanted.startsWith(text)) break
    }
  }
  return false
}
