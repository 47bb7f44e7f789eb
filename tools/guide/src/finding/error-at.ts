import type { Finding, FindingCode, SourceLocation } from './finding.ts'

/** An error at a location: what was found and expected, what to do, and the lines to show below. */
export function errorAt(
  code: FindingCode,
  { file, line, column }: SourceLocation,
  message: string,
  fix: string,
  detail: readonly string[] = [],
): Finding {
  return { code, severity: 'error', file, line, column, message, detail, fix }
}

/** Where a file begins: for what is wrong with all of it. */
export const topOf = (file: string): SourceLocation => ({ file, line: 1, column: 1 })
