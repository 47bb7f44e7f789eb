import type { Report } from './finding/report.ts'
import { totalsOf } from './finding/totals.ts'
import { jsonText } from './json-text.ts'

/** The audit as data, of the shape that docs/audit.schema.json publishes. Nothing in it is cut or changed. */
export function json({ audit, judged }: Report): string {
  const { toolchain, blocks, groups, lints, troubles, durationMs } = audit
  const { failed, baseline, reported } = judged
  const standing = (wanted: string) => reported.filter((one) => one.standing === wanted).length
  const document = {
    format: 'cookbook-audit',
    version: 1,
    toolchain,
    failed,
    totals: totalsOf(blocks),
    findings: { fails: standing('fails'), known: standing('known'), told: standing('reported') },
    blocks,
    groups,
    lints,
    troubles,
    baseline,
    durationMs,
  }
  return jsonText(document)
}
