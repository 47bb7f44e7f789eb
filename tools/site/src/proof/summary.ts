import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { escapeHtml } from '../html.ts'
import type { Repository } from '../repository.ts'
import { cellsOf, readMatrix } from './matrix.ts'
import type { Proof } from './proof.ts'
import { proofText } from './proof-text.ts'

/** What is known of a chapter as a whole, and its download; as HTML. */
export function summaryOf(slug: string, proof: Proof, repository: Repository): string {
  const { state, words } = countsOf(proof)
  const folders = existsSync(join(repository.root, 'patterns', slug, 'small/Cargo.toml')) ? ',small/' : ''
  const counts = words === '' ? '' : `<strong>${words}</strong> `
  const text = `<p>${counts}${proofText(proof, repository)}${matrixText(slug, proof, repository)}</p>`
  return `<div class="summary ${state}">${text}<Download slug="${slug}" folders="${folders}" /></div>\n`
}

function countsOf(proof: Proof): { state: string; words: string } {
  if (proof.kind === 'unknown') return { state: 'unknown', words: '' }
  const { examples, claims } = proof.evidence
  const verified = examples.filter(({ verdict }) => verdict === 'verified').length
  const proved = claims.filter(({ verdict }) => verdict === 'proved').length
  const failing = [...examples, ...claims].some(({ verdict }) => verdict === 'failing')
  return {
    state: failing ? 'failing' : 'verified',
    words: `${verified} of ${examples.length} blocks verified, ${proved} of ${claims.length} claims proved.`,
  }
}

/** The cells of the matrix in which this very text passed. */
function matrixText(slug: string, proof: Proof, { root }: Repository): string {
  const cells = proof.kind === 'verified' ? cellsOf(readMatrix(root), slug, proof.evidence.digest) : []
  if (cells.length === 0) return ''
  const [places, compilers, standards, , profiles, watches] = [0, 1, 2, 3, 4, 5].map((part) =>
    [...new Set(cells.map((cell) => cell.split('/')[part]!))].join(', '),
  )
  const by = [places, compilers, standards, profiles, watches].join('; ')
  return ` <a href="../docs/matrix.html">The matrix</a> passed it in ${cells.length} cells: ${escapeHtml(by)}.`
}
