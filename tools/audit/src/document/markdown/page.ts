import { isTooDeep } from '@cookbook/guide'
import type { PageDiagnostic } from '../../verdict.ts'
import { blocksOf, titleOf } from '../drafts.ts'
import { type ReadPage, readRows } from '../read-rows.ts'
import type { Row } from '../row.ts'
import { draftsOf } from './code.ts'
import { withoutContainers } from './containers.ts'
import type { Dialect } from './dialect.ts'
import { readLeftOut } from './left-out.ts'
import { readProse } from './prose.ts'

/** Reads a page of any guide. What is malformed is in `troubles`; the rest is still usable. */
export function readPage(input: Uint8Array | string, file: string, dialect: Dialect = {}): ReadPage {
  const { rows, troubles } = readRows(input, file)
  const read = readMarkdown(rows, dialect)
  return {
    page: { file, title: titleOf(read.headings, file), blocks: read.blocks },
    troubles: [...troubles, ...read.troubles],
  }
}

/** Reads rows of Markdown, of a file of their own or of a comment. */
export function readMarkdown(
  rows: readonly Row[],
  dialect: Dialect = {},
): ReturnType<typeof blocksOf> & { troubles: PageDiagnostic[] } {
  const troubles: PageDiagnostic[] = []
  const plain = withoutContainers(withoutFrontMatter(rows), dialect.mdx ?? false)
  const drafts = draftsOf(plain, dialect, (at, message) => troubles.push({ ...at, message, detail: [] }))
  const deep = rows.find(({ text }) => isTooDeep(text))
  if (deep !== undefined) {
    const message = 'this is nested too deep; what is inside is not read or tried'
    troubles.push({ ...deep.at, column: 1, message, detail: [] })
  }
  const ends = [...drafts.map(({ from }) => from), rows.length]
  const gaps = ends.map((end, index) =>
    readProse(plain.slice(index === 0 ? 0 : drafts[index - 1]!.to + 1, end)),
  )
  const { leftOut, voids } = readLeftOut(plain, drafts)
  for (const { at, message } of voids) troubles.push({ ...at, message, detail: [] })
  const wanted = drafts.map((draft) => {
    const reason = leftOut.get(draft)
    return reason === undefined ? draft : { ...draft, leftOut: reason }
  })
  return { ...blocksOf(wanted, gaps, dialect.above), troubles }
}

/** The rows with what a site generator takes for itself as blank ones: YAML between dashes, TOML between plus signs. */
function withoutFrontMatter(rows: readonly Row[]): readonly Row[] {
  const mark = rows[0]?.text.trimEnd()
  if (mark !== '---' && mark !== '+++') return rows
  const end = rows.slice(1, FRONT_MATTER).findIndex(({ text }) => text.trimEnd() === mark)
  // What holds a block is text between two rules.
  const isText = end < 0 || rows.slice(1, end + 1).some(({ text }) => /^\s*(?:`{3}|~{3})/.test(text))
  return isText ? rows : rows.map((row, at) => (at <= end + 1 ? { ...row, text: '' } : row))
}

const FRONT_MATTER = 200
