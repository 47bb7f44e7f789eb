/** ` (did you mean fetch?)`, or nothing where no name is near what was typed. */
export function meant(words: readonly string[], names: readonly string[]): string {
  const near = words.flatMap((word) => nearest(word, names) ?? [])
  return near.length === 0 ? '' : ` (did you mean ${near.join(', ')}?)`
}

/** The name that takes the fewest edits, where these are few for the length of the word. */
function nearest(word: string, names: readonly string[]): string | null {
  const rated = names.map((name) => ({ name, edits: editsBetween(word, name) }))
  const [best] = rated.toSorted((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.ceil(word.length / 3) ? best.name : null
}

/** How many letters have to be put in, taken out or replaced. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === b[j] ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}
