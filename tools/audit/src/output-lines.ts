/** What is read of what a program prints: more than any compiler has to say, and little enough to be read at once. */
const LINES = 100_000
const LINE_CHARACTERS = 2_000

/** The first lines of what a program printed, each of them cut where no person would read on. */
export function outputLines(output: string): string[] {
  const lines: string[] = []
  for (const line of eachLine(output)) {
    if (lines.length === LINES) break
    lines.push(line.length > LINE_CHARACTERS ? line.slice(0, LINE_CHARACTERS) : line)
  }
  return lines
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
