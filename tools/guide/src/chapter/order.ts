import type { Finding } from '../finding/finding.ts'

/** Sorts findings as a reader meets them: by file, line and column, then by code. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
