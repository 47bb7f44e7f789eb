import { join } from 'node:path'
import * as evidence from '@cookbook/evidence/proof'
import { lastChange } from '../repository.ts'

/** What is known of a pattern's text as it lies here; `commit` is the one that has it, `null` where it is not committed. */
export type Proof =
  | (Extract<evidence.Proof, { kind: 'verified' }> & { commit: string | null })
  | Extract<evidence.Proof, { kind: 'unknown' }>

/** Reads the evidence of a pattern, and which commit it is of. */
export function proofOf(root: string, slug: string): Proof {
  const proof = evidence.proofOf(root, join(root, 'patterns', slug))
  if (proof.kind === 'unknown') return proof
  const paths = [`patterns/${slug}`, 'Cargo.toml', 'Cargo.lock']
  return { ...proof, commit: lastChange(root, paths)?.commit ?? null }
}
