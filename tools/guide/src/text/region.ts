/** Lines of a source file that can be shown: all of it or a named part, without its anchor lines. */
export type Region = {
  /** Without a final line feed. */
  text: string
  /** The first line after the anchor. */
  firstLine: number
  /** The line number in the file of each line of `text`. */
  lines: readonly number[]
}

export type RegionProblem = {
  kind: 'twice' | 'unclosed' | 'unopened' | 'empty'
  name: string
  line: number
  column: number
  /** For `twice`, where the region was opened first. */
  first: number | null
}

export type Regions = {
  /** The sound regions by name. */
  regions: ReadonlyMap<string, Region>
  /** The whole file. */
  whole: Region
  problems: readonly RegionProblem[]
}

const anchor = /^\s*(?:\/\/+!?|#|\/\*|<!--|--|;)\s*(ANCHOR(?:_END)?):\s*([\w-]+)\s*(?:\*\/|-->)?\s*$/

/**
 * Finds the regions of a text, `ANCHOR: name` to `ANCHOR_END: name` in a comment line of its own, as
 * mdBook has them: they may nest and overlap. A region with a problem is not in `regions`. With `only`, no region of
 * another name is looked for: of a stranger's text, all that nest would take the square of its length.
 */
export function regionsOf(text: string, only?: string): Regions {
  const rows = text.split(/\r\n|\n|\r/)
  if (rows.at(-1) === '') rows.pop()
  const opened = new Map<string, { line: number; column: number; closed: boolean; lines: number[] }>()
  const open = new Set<string>()
  const broken = new Set<string>()
  const problems: RegionProblem[] = []
  const whole: number[] = []

  for (const [index, row] of rows.entries()) {
    const line = index + 1
    const found = row.includes('ANCHOR') ? anchor.exec(row) : null
    if (!found) {
      whole.push(line)
      for (const name of open) opened.get(name)!.lines.push(line)
      continue
    }
    const name = found[2]!
    if (only !== undefined && name !== only) continue
    const column = row.indexOf('ANCHOR') + 1
    const before = opened.get(name)
    if (found[1] === 'ANCHOR_END') {
      if (open.delete(name)) before!.closed = true
      else problems.push({ kind: 'unopened', name, line, column, first: null })
    } else if (before) {
      problems.push({ kind: 'twice', name, line, column, first: before.line })
      broken.add(name)
      open.add(name)
    } else {
      opened.set(name, { line, column, closed: false, lines: [] })
      open.add(name)
    }
  }

  const regions = new Map<string, Region>()
  for (const [name, { line, column, lines }] of opened) {
    const region = slice(rows, lines, line + 1)
    if (open.has(name) && !broken.has(name))
      problems.push({ kind: 'unclosed', name, line, column, first: null })
    else if (broken.has(name)) continue
    else if (region.text.trim() === '') problems.push({ kind: 'empty', name, line, column, first: null })
    else regions.set(name, region)
  }
  return { regions, whole: slice(rows, whole, 1), problems }
}

/** Whether a line is an anchor, which is never shown. */
export const isAnchor = (line: string): boolean => line.includes('ANCHOR') && anchor.test(line)

const slice = (rows: readonly string[], lines: readonly number[], firstLine: number): Region => ({
  text: lines.map((line) => rows[line - 1]).join('\n'),
  firstLine,
  lines,
})
