/** Where two texts part, 1-based, with the two lines side by side. */
export function firstDifference(
  expected: string,
  found: string,
): { line: number; column: number; detail: string[] } {
  const [wanted, got] = [expected.split('\n'), found.split('\n')]
  const index = wanted.findIndex((line, at) => line !== got[at])
  const at = index < 0 ? Math.min(wanted.length, got.length) - 1 : index
  const [left, right] = [wanted[at] ?? '', got[at]]
  const column = [...left].findIndex((letter, place) => letter !== right?.[place])
  return {
    line: at + 1,
    column: (column < 0 ? left.length : column) + 1,
    detail: [
      `expected  ${show(left)}`,
      `found     ${right === undefined ? 'the end of the output' : show(right)}`,
    ],
  }
}

/** A line with what cannot be seen made visible. */
function show(line: string): string {
  return JSON.stringify(line).slice(1, -1)
}
