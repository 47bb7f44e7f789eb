import { readData } from '../../data.ts'
import type { Turn } from './priority.ts'

/** What `docs/data/audit.json` keeps: a number for each round. */
export type AuditResults = {
  date: string
  rustc: string
  cxx: string
  turn: Turn
  blocks: number
  sections: number
  /** Seconds of a whole audit that remembers nothing. */
  cold: number[]
  /** Seconds of `cargo build` of the same packages, one after another. */
  cargo: number[]
  /** Seconds of a whole process that audits what it has audited before. */
  warm: number[]
  /** Milliseconds of that section whose recalled answer took the longest. */
  recalled: number[]
  mixedBlocks: number
  mixedSections: number
  /** Seconds of a whole audit of the mixed pages that remembers nothing. */
  mixedCold: number[]
  /** Seconds of one build of each of the same packages, one after another. */
  mixedLoop: number[]
}

export const AUDIT_FILE = 'docs/data/audit.json'

/** The figures that the repository at `root` keeps; `null` where none were measured. */
export function readAudit(root: string): AuditResults | null {
  return readData(root, AUDIT_FILE, null)
}

/** The file's text: a line for each figure, as exact as anybody can use. */
export function auditText(results: AuditResults): string {
  const exact = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)
  const lines = Object.entries(results).map(
    ([name, value]) => `  "${name}": ${JSON.stringify(value, exact).replace(/,(?=\d)/g, ', ')}`,
  )
  return `{\n${lines.join(',\n')}\n}\n`
}
