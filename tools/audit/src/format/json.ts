import type { Report } from './report.ts'
import { totalsOf } from './totals.ts'

/** The audit as data, of the shape that docs/audit.schema.json publishes. Nothing in it is cut or changed. */
export function json({ audit, judged }: Report): string {
  const { toolchain, blocks, groups, lints, troubles, durationMs } = audit
  const { failed, baseline, told } = judged
  const standing = (wanted: string) => told.filter((one) => one.standing === wanted).length
  const document = {
    format: 'cookbook-audit',
    version: 1,
    toolchain,
    failed,
    totals: totalsOf(blocks),
    findings: { fails: standing('fails'), known: standing('known'), told: standing('told') },
    blocks,
    groups,
    lints,
    troubles,
    baseline,
    durationMs,
  }
  return `${escaped(JSON.stringify(document, null, 2))}\n`
}

// The text may go to a terminal or a CI log, which must find no mark and no command in it to obey.
function escaped(text: string): string {
  return text
    .replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, unicode)
    .replace(/(?<=#)#/g, unicode)
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
