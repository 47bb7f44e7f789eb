import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Finding } from '@cookbook/guide'
import { errorAt, topOf } from '@cookbook/guide/error-at'
import { evidenceKey } from '@cookbook/toolchain/evidence-key'
import { versioned } from './file.ts'
import type { Evidence, Observed } from './schema.ts'

/** The evidence with a seal of all that it says, under a key that no checkout holds. */
export function sealed(observed: Observed): Evidence {
  const evidence = versioned(observed)
  return { ...evidence, seal: sealOf(evidence) }
}

/** Whether the harness of this user, or of the team, wrote it so. */
export function isSealed({ seal, ...evidence }: Evidence): boolean {
  const wanted = Buffer.from(sealOf(evidence))
  const given = Buffer.from(seal ?? '')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** What to say of evidence in a pattern's folder that nobody with the key wrote, wherever it came from. */
export function forgedFinding(slug: string): Finding {
  return errorAt(
    'forged-evidence',
    topOf(`patterns/${slug}/README.md`),
    'its evidence has no seal of this user or team, expected evidence that the harness wrote here',
    'npm run verify -- --force',
  )
}

function sealOf(evidence: Omit<Evidence, 'seal'>): string {
  return createHmac('sha256', evidenceKey()).update(JSON.stringify(evidence)).digest('hex')
}
