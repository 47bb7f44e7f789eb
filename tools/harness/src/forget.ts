import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { EVIDENCE_FILE } from './evidence.ts'
import { subjectOf } from './subject.ts'

/**
 * Before a runner is even read: removes the evidence of an earlier run, so that one that breaks off never leaves it,
 * and notes what lies there.
 */
export default function setup(project: TestProject): void {
  rmSync(EVIDENCE_FILE, { force: true })
  project.provide('subject', subjectOf(process.cwd()))
}
