import { escapeHtml, link } from '../html.ts'
import { commitAddress, type Repository } from '../repository.ts'
import type { Proof } from './proof.ts'

/** How a verdict looks and reads. */
export type Shown = { state: 'verified' | 'failing' | 'unknown'; word: string }

const SHOWN: Readonly<Record<string, Shown>> = {
  verified: { state: 'verified', word: 'verified' },
  proved: { state: 'verified', word: 'proved' },
  failing: { state: 'failing', word: 'failing' },
}

/** A verdict of the evidence; what has none was not verified here. */
export const verdictOf = (verdict: string | undefined): Shown =>
  SHOWN[verdict ?? ''] ?? { state: 'unknown', word: 'not verified here' }

/** Who verified it, when and at which commit, or why nothing that counts did; as HTML, a sentence. */
export function proofText(proof: Proof, repository: Repository): string {
  if (proof.kind === 'unknown') return `Not verified here: ${escapeHtml(proof.why)}.`
  const { tools, date, commit, evidence } = proof
  const where = evidence.toolchain.kind === 'docker' ? 'in Docker' : 'on the host'
  const at =
    commit === null ? 'with uncommitted changes' : `at ${link(commitAddress(repository, commit), commit)}`
  return `By ${escapeHtml(tools.join(', '))} ${where}, on ${date}, ${at}.`
}
