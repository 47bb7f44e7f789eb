import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf } from '@cookbook/evidence/digest'
import { EVIDENCE_FILE, parseUnsealed } from '@cookbook/evidence/file'
import { withLock } from '@cookbook/evidence/lock'
import { forgedFinding, isSealed } from '@cookbook/evidence/seal'
import type { Finding } from '@cookbook/guide'
import { layoutFindings } from '@cookbook/guide/layout'
import { findPatterns } from '@cookbook/guide/patterns'
import { readAtHand } from '@cookbook/toolchain/at-hand'

/**
 * Holds each pattern's evidence against what lies in the checkout now and the toolchain at hand. Whatever a cache
 * replayed and however it came there, evidence of other text or of another compiler does not pass. A pattern that
 * could not be verified here is a warning, and with `requireAll` an error.
 */
export async function evidenceFindings(root: string, requireAll: boolean): Promise<Finding[]> {
  const patterns = await findPatterns(root)
  const judged = patterns.map((slug) => {
    const dir = join(root, 'patterns', slug)
    // Another run may be at it, whose evidence is not there yet.
    return withLock(dir, () => judge(root, dir, slug, requireAll))
  })
  return (await Promise.all(judged)).flat()
}

async function judge(root: string, dir: string, slug: string, requireAll: boolean): Promise<Finding[]> {
  const layout = layoutFindings(root, slug)
  if (layout.length > 0) return layout
  const text = await readFile(join(dir, EVIDENCE_FILE), 'utf8').catch(() => null)
  if (text === null) return [stale(slug, 'there is no evidence')]
  const evidence = parseUnsealed(text)
  if (evidence === null) return [stale(slug, 'its evidence cannot be read')]
  const { kind, id } = evidence.toolchain
  const atHand = await readAtHand(dir)
  if (id !== atHand.id)
    return [
      stale(slug, `its evidence is of the toolchain ${kind} ${id}, at hand is ${atHand.kind} ${atHand.id}`),
    ]
  if (evidence.digest !== digestOf(root, dir))
    return [stale(slug, 'its evidence is stale: files changed since verification')]
  if (!isSealed(evidence)) return [forgedFinding(slug)]
  return evidence.findings.flatMap((finding) => {
    if (finding.code === 'not-verified') return [requireAll ? { ...finding, severity: 'error' } : finding]
    return finding.severity === 'error' ? [finding] : []
  })
}

function stale(slug: string, message: string): Finding {
  return {
    code: 'stale-evidence',
    severity: 'error',
    file: `patterns/${slug}/README.md`,
    line: 1,
    column: 1,
    message,
    detail: [],
    fix: 'npm run verify -- --force',
  }
}
