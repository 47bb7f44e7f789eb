import { rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { readEvidence } from '@cookbook/evidence'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { withLock } from '@cookbook/evidence/lock'
import { type Subject, subjectOf } from '@cookbook/evidence/subject'
import { layoutFindings } from '@cookbook/guide/layout'
import { sharedFindings } from '@cookbook/guide/unreadable'
import type { TestProject } from 'vitest/node'
import { coverageFolder } from '../context/coverage-folder.ts'
import { RUNNER } from '../context/runner-location.ts'
import { gate } from './gate.ts'
import { runnerFindings } from './runner-form.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** As it was before vitest read the runner. */
    subject: Subject
  }
}

/**
 * Before a runner is even read: waits until no other run verifies the pattern, removes the evidence of an earlier
 * run, so that one that breaks off never leaves it, and notes what lies there. A runner that is more than a list of
 * checks is not run. Answers what ends the turn, and fails when no evidence of a good end is there by then, whatever
 * vitest was told to leave out.
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
    withLock(dir, turn, waiting).catch(fail)
  })
  const subject = subjectOf(dir)
  const slug = basename(dir)
  const root = dirname(dirname(dir))
  const layout = [...sharedFindings(root), ...layoutFindings(root, slug)]
  // turbo is only now storing what the run that was waited for saw, and it saw this very text.
  if (coverageFolder() === null && (!waited || readEvidence(dir)?.digest !== subject.digest))
    rmSync(EVIDENCE_FILE, { force: true, recursive: true })
  const findings = layout.length > 0 ? layout : runnerFindings(dir, `patterns/${slug}/${RUNNER}`)
  if (findings.length > 0) {
    // What it takes to say so is not loaded where nothing is wrong.
    const [{ writeRefused }, { failure }] = await Promise.all([
      import('@cookbook/evidence/write'),
      import('../context/checks.ts'),
    ])
    await writeRefused(dir, slug, subject, findings)
    end()
    throw failure(findings)
  }
  project.provide('subject', subject)
  return () => {
    const evidence = readEvidence(coverageFolder() ?? dir)
    end()
    if (evidence === null || evidence.findings.some(({ severity }) => severity === 'error'))
      process.exitCode = 1
    if (evidence === null) console.error(`patterns/${slug}: no check ran to its end, so nothing is proved`)
  }
}
