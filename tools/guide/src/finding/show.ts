import { escapeOutput } from './escape-output.ts'
import type { Finding } from './finding.ts'

/** A finding as a person reads it: where, what, the evidence below it, and what to do. */
export function showFinding({ file, line, column, code, message, detail, remedy }: Finding): string {
  const below = [...detail, remedy].map((text) => `  ${text}`)
  return escapeOutput([`${file}:${line}:${column} ${code}: ${message}`, ...below].join('\n'))
}
