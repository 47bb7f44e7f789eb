import { blocksOf, titleOf } from '../drafts.ts'
import { type ReadPage, readRows } from '../read-rows.ts'
import { readRst } from './rst.ts'

/** Reads a page of reStructuredText, with the directives of Sphinx. */
export function readRstPage(input: Uint8Array | string, file: string): ReadPage {
  const { rows, troubles } = readRows(input, file)
  const { drafts, gaps } = readRst(rows, (at, message) => troubles.push({ ...at, message, detail: [] }))
  const { blocks, headings } = blocksOf(drafts, gaps)
  return { page: { file, title: titleOf(headings, file), blocks }, troubles }
}
