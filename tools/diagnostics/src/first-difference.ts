/** Where two texts part, 1-based within `expected`, with the two lines side by side. */
export function firstDifference(
  expected: string,
  found: string,
): { line: number; column: number; detail: string[] } {
  const [wanted, got] = [linesOf(expected), linesOf(found)]
  let at = 0
  while (at < wanted.length && wanted[at] === got[at]) at++
  const [left, right] = [wanted[at], got[at]]
  const detail = [`expected  ${show(left)}`, `found     ${show(right)}`]
  // The end of a text stands behind its last character.
  if (left === undefined) return { line: at || 1, column: (wanted.at(-1)?.trimEnd().length ?? 0) + 1, detail }
  const letters = [...left]
  const column = letters.findIndex((letter, place) => letter !== [...(right ?? '')][place])
  return { line: at + 1, column: (column < 0 ? letters.length : column) + 1, detail }
}

/** Lines with their line feeds, so that a last line without one is another line. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A line with what cannot be seen made visible. */
function show(line: string | undefined): string {
  if (line === undefined) return '(the end)'
  const text = line.replace(/\n$/, '')
  const shown = text.replace(/[\t\r]| +$/g, (blank) =>
    JSON.stringify(blank).slice(1, -1).replaceAll(' ', '\\x20'),
  )
  return line.endsWith('\n') ? shown : `${shown} (without a line feed)`
}
