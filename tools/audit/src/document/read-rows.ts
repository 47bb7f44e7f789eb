import { decode } from '@cookbook/guide'
import type { PageDiagnostic } from '../verdict.ts'
import type { Page } from './block.ts'
import { BOUNDS, counted } from './bounds.ts'
import { type Row, rowsOf } from './row.ts'

/** A page, and what is malformed of it; the rest is still usable. */
export type ReadPage = { page: Page; troubles: readonly PageDiagnostic[] }

/** Decodes a document into rows. What is malformed is in `troubles`; one that is too long has no rows. */
export function readRows(
  input: Uint8Array | string,
  file: string,
): { rows: Row[]; troubles: PageDiagnostic[] } {
  const { text, bad } = decode(input)
  const troubles: PageDiagnostic[] = []
  if (bad !== null) {
    const message = `the byte 0x${bad.byte.toString(16).padStart(2, '0')} is not UTF-8 here`
    troubles.push({ file, line: bad.line, column: bad.column, message, detail: [] })
  }
  if (text.lines.length > BOUNDS.pageLines) {
    const message = `this page has more than ${counted(BOUNDS.pageLines)} lines, and is not read`
    return { rows: [], troubles: [...troubles, { file, line: 1, column: 1, message, detail: [] }] }
  }
  return { rows: rowsOf(text.lines, file), troubles }
}
