import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Evidence, parseFindings, readEvidence } from '@cookbook/evidence'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { type Finding, findPatterns, WHOLE_GUIDE } from '@cookbook/guide'

/** What a verification of the whole guide left in a checkout. */
export type LeftBehind = {
  evidence: readonly Evidence[]
  /** The patterns that left nothing. */
  without: readonly string[]
  /** Of the guide as a whole; `null` when that was never reached. */
  findings: readonly Finding[] | null
}

export async function leftBehind(root: string): Promise<LeftBehind> {
  const slugs = await findPatterns(root)
  const read = slugs.map((slug) => readEvidence(join(root, 'patterns', slug)))
  const whole = await readFile(join(root, WHOLE_GUIDE, EVIDENCE_FILE), 'utf8').catch(() => null)
  return {
    evidence: read.filter((evidence) => evidence !== null),
    without: slugs.filter((_, index) => read[index] === null),
    findings: whole === null ? null : parseFindings(whole),
  }
}
