import { join } from 'node:path'
import type { Finding } from '@cookbook/guide'
import { writeFileAtomic } from '@cookbook/toolchain'
import { readAtHand } from '@cookbook/toolchain/at-hand'
import { EVIDENCE_FILE } from './file.ts'
import type { Observed } from './schema.ts'
import { sealed } from './seal.ts'
import type { Subject } from './subject.ts'

/** Writes what was seen into `dir`, sealed, at once: nobody reads half of it. */
export function writeEvidence(dir: string, observed: Observed): Promise<void> {
  return writeFileAtomic(join(dir, EVIDENCE_FILE), `${JSON.stringify(sealed(observed), null, 1)}\n`)
}

/** Writes the evidence of a pattern whose runner is not run, because of these findings. */
export async function writeRefused(
  dir: string,
  slug: string,
  { digest }: Subject,
  findings: readonly Finding[],
): Promise<void> {
  const nothing = { kind: 'host' as const, id: '', tools: [] }
  const { kind, id, tools } = await readAtHand(dir).catch(() => nothing)
  await writeEvidence(dir, {
    pattern: slug,
    chapter: { file: `patterns/${slug}/README.md`, title: '' },
    toolchain: { kind, id, tools },
    digest,
    turboHash: process.env.TURBO_HASH ?? null,
    durationMs: 0,
    examples: [],
    claims: [],
    checks: [],
    commands: [],
    findings,
  })
}
