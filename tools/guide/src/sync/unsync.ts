import { createRequire } from 'node:module'
import type { Example } from '../chapter/chapter.ts'
import type { PatternPackage, SourceFile } from '../package/pattern-package.ts'
import { sourceOf } from '../package/source.ts'
import { regionsOf } from '../text/region.ts'

/** The package's files as they should be written, by path, and the examples whose text cannot be in them. */
export type Unsynced = { files: Map<string, string>; refused: Example[] }

type Row = { text: string; end: string }

/**
 * Writes examples into their sources. Anchors, line ends and all that other examples show stay as they are; where that
 * cannot be (two examples of one region, an anchor in the example, regions that overlap), the example is refused.
 */
export function intoSources(pkg: PatternPackage, examples: readonly Example[]): Unsynced {
  const files = new Map<string, string>()
  const refused: Example[] = []
  let now = pkg
  for (const example of examples) {
    const file = intoSource(now, example)
    if (file === null) refused.push(example)
    else {
      now = { ...now, files: new Map([...now.files, [file.path, file]]) }
      files.set(file.path, (file.text.bom ? '\ufeff' : '') + file.text.raw)
    }
  }
  return { files, refused }
}

/** The file that an example shows, with the example's text in place of what it shows now. */
function intoSource(pkg: PatternPackage, example: Example): SourceFile | null {
  const file = pkg.files.get(example.source.path)
  const region = sourceOf(pkg, example)
  if (file === undefined || region === null) return null
  const rows = replaced(
    rowsOf(file.text.raw),
    region.lines,
    region.text.split('\n'),
    example.text.split('\n'),
  )
  const raw = rows.map(({ text, end }) => text + end).join('')
  if (!isSound(pkg, file, raw, example)) return null
  const lines = raw.split(/\r\n|\n|\r/)
  return { ...file, text: { ...file.text, raw, lines }, regions: regionsOf(raw) }
}

/** `lines` are the numbers of the rows that hold `before`, which become `after`. */
function replaced(
  rows: readonly Row[],
  lines: readonly number[],
  before: string[],
  after: string[],
): readonly Row[] {
  const end = rows.find((row) => row.end !== '')?.end ?? '\n'
  const gone = new Set<number>()
  const added = new Map<number, string[]>()
  let at = 0
  for (const { added: isNew, removed, value } of load().diffArrays(before, after)) {
    // What is new stands behind the line that stood before it.
    const behind = at === 0 ? lines[0]! - 1 : lines[at - 1]!
    if (isNew) added.set(behind, [...(added.get(behind) ?? []), ...value])
    else {
      if (removed) for (let index = at; index < at + value.length; index++) gone.add(lines[index]!)
      at += value.length
    }
  }
  const result: Row[] = (added.get(0) ?? []).map((text) => ({ text, end }))
  for (const [index, row] of rows.entries()) {
    const line = index + 1
    if (!gone.has(line)) result.push(row)
    for (const text of added.get(line) ?? []) result.push({ text, end })
  }
  // The last line of a file need not end.
  return result.map((row, index) => {
    const last = index === result.length - 1
    return { ...row, end: last ? (rows.at(-1)?.end ?? '') : row.end === '' ? end : row.end }
  })
}

/** The example gives the new file, and every other example what it gave before. */
function isSound(pkg: PatternPackage, { path }: SourceFile, raw: string, changed: Example): boolean {
  const regions = regionsOf(raw)
  if (regions.problems.length > (pkg.files.get(path)?.regions.problems.length ?? 0)) return false
  return pkg.chapter.examples
    .filter(({ source }) => source.path === path)
    .every((example) => {
      const name = example.source.region
      const now = (name === null ? regions.whole : regions.regions.get(name))?.text
      if (example === changed) return now === example.text
      const same = example.source.region === changed.source.region
      const whole = name === null || changed.source.region === null
      return (!same && whole) || now === sourceOf(pkg, example)?.text
    })
}

function rowsOf(raw: string): Row[] {
  const parts = raw.split(/(\r\n|\n|\r)/)
  const rows: Row[] = []
  for (let at = 0; at < parts.length; at += 2) rows.push({ text: parts[at]!, end: parts[at + 1] ?? '' })
  if (rows.at(-1)?.text === '' && rows.at(-1)?.end === '') rows.pop()
  return rows
}

const require = createRequire(import.meta.url)
const load = () => require('diff') as typeof import('diff')
