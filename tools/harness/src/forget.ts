import { readFileSync, rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { coverageFolder } from './coverage.ts'
import { EVIDENCE_FILE, type Evidence } from './evidence.ts'
import { gate } from './gate.ts'
import { subjectOf } from './subject.ts'
import { inTurn } from './turn.ts'

/**
 * Before a runner is even read: waits until no other run verifies the pattern, removes the evidence of an earlier
 * run, so that one that breaks off never leaves it, and notes what lies there. Answers what ends the turn.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  await gate()
  const dir = process.cwd()
  let waited = false
  const end = await new Promise<() => void>((begin, fail) => {
    const turn = () => new Promise<void>((done) => begin(done))
    const waiting = () => {
      waited = true
      console.log('another run verifies this pattern; waiting for its end')
    }
    inTurn(dir, turn, waiting).catch(fail)
  })
  const subject = subjectOf(dir)
  // turbo is only now storing what the run that was waited for saw, and it saw this very text.
  if (coverageFolder() === null && (!waited || digestOfEvidence() !== subject.digest))
    rmSync(EVIDENCE_FILE, { force: true })
  project.provide('subject', subject)
  return end
}

function digestOfEvidence(): string | null {
  try {
    const evidence: Evidence = JSON.parse(readFileSync(EVIDENCE_FILE, 'utf8'))
    return evidence.digest
  } catch {
    return null
  }
}
