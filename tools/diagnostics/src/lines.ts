/** What is read of what a program prints: more than any compiler has to say, and little enough to be read at once. */
const LINES = 50_000
const LINE_CHARACTERS = 2_000

/** The first and the last lines of what a program printed, each of them cut where no person would read on. */
export function outputLines(output: string): string[] {
  const first = eachLine(output).take(LINES).toArray()
  const read = first.reduce((sum, { length }) => sum + length + 1, 0)
  let from = output.length
  for (let count = 0; count < LINES && from >= read; count++) from = output.lastIndexOf('\n', from - 1)
  const last = read > output.length ? [] : eachLine(output.slice(Math.max(read, from + 1)))
  return [...first, ...last].map((line) =>
    line.length > LINE_CHARACTERS ? line.slice(0, LINE_CHARACTERS) : line,
  )
}

/** One line after another, so that millions of them are never there at once. */
export function* eachLine(output: string): Generator<string> {
  for (let from = 0; from <= output.length; ) {
    const end = output.indexOf('\n', from)
    yield output.slice(from, end < 0 ? undefined : end)
    if (end < 0) return
    from = end + 1
  }
}
