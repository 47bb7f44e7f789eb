import { rmSync } from 'node:fs'
import { EVIDENCE_FILE } from './evidence.ts'

/** Before a runner is even read, so that a run that breaks off never leaves the evidence of an earlier one. */
export function setup(): void {
  rmSync(EVIDENCE_FILE, { force: true })
}
