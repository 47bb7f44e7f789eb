import { join } from 'node:path'
import type { Finding } from '@cookbook/guide'
import { place } from '@cookbook/toolchain'
import { readAtHand } from '@cookbook/toolchain/at-hand'
import { EVIDENCE_FILE } from './evidence.ts'
import { sealed } from './seal.ts'
import type { Subject } from './subject.ts'

/** Writes the evidence of a pattern whose runner is not run, because of these findings. */
export async function writeRefused(
  dir: string,
  slug: string,
  subject: Subject,
  findings: readonly Finding[],
): Promise<void> {
  const { kind, id, tools } = await readAtHand(dir).catch(() => ({
    kind: 'host' as const,
    id: '',
    tools: [],
  }))
  const evidence = sealed({
    pattern: slug,
    chapter: { file: `patterns/${slug}/README.md`, title: '' },
    toolchain: { kind, id, tools },
    digest: subject.digest,
    turboHash: process.env.TURBO_HASH ?? null,
    durationMs: 0,
    examples: [],
    claims: [],
    checks: [],
    commands: [],
    findings,
  })
  await place(join(dir, EVIDENCE_FILE), `${JSON.stringify(evidence, null, 1)}\n`)
}
