import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { findPatterns, WHOLE_GUIDE } from '@cookbook/guide/patterns'

/** The evidence files that there are, by their folder, and for each which file it is, whatever the clock says. */
export type EvidenceFiles = ReadonlyMap<string, string>

export async function evidenceFiles(root: string): Promise<EvidenceFiles> {
  const dirs = [WHOLE_GUIDE, ...(await findPatterns(root)).map((slug) => `patterns/${slug}`)]
  const found = await Promise.all(dirs.map(async (dir) => [dir, await identityOf(root, dir)] as const))
  return new Map(found.flatMap(([dir, identity]) => (identity === null ? [] : [[dir, identity] as const])))
}

/** Of the evidence in `dir`; another one when it was written again, `null` when there is none. */
export async function identityOf(root: string, dir: string): Promise<string | null> {
  const found = await stat(join(root, dir, EVIDENCE_FILE), { bigint: true }).catch(() => null)
  return found && `${found.ino} ${found.ctimeNs}`
}
