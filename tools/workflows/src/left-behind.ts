import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finding, findPatterns } from '@cookbook/guide'
import { EVIDENCE_FILE, type Evidence } from '@cookbook/harness/evidence'

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
  const read = await Promise.all(slugs.map((slug) => json<Evidence>(join(root, 'patterns', slug))))
  return {
    evidence: read.filter((evidence) => evidence !== null),
    without: slugs.filter((_, index) => read[index] === null),
    findings: await json<Finding[]>(join(root, 'guide')),
  }
}

async function json<T>(folder: string): Promise<T | null> {
  const text = await readFile(join(folder, EVIDENCE_FILE), 'utf8').catch(() => null)
  return text === null ? null : JSON.parse(text)
}
