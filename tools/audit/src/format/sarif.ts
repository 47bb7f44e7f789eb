import { type SarifFinding, sarifLog } from '@cookbook/report/formats'
import type { Position } from '../document/block.ts'
import type { JudgedFinding } from './finding/judged.ts'
import { excerpt, type Quote } from './finding/quote.ts'
import type { Report } from './finding/report.ts'
import { rulesOf } from './finding/rules.ts'
import { shown, shownLine } from './finding/shown.ts'
import { jsonText } from './json-text.ts'
import { messageOf } from './text-finding.ts'

const FINGERPRINT = 'cookbookAudit/v2'
/** For what was filed under the message. */
const OLD_FINGERPRINT = 'cookbookAudit/v1'

/** The findings of an audit as SARIF 2.1.0, for code scanners. */
export function sarif({ audit, quote, judged }: Report): string {
  const rules = rulesOf(audit.lints).map(({ id, what, why }) => {
    return { id: shownLine(id), what: shownLine(what), why: shownLine(why) }
  })
  const findings = judged.reported.map((one) => findingOf(one, quote, judged.baseline !== null))
  const properties = { toolchain: audit.toolchain }
  return jsonText(sarifLog('cookbook audit', rules, findings, { succeeded: true, properties }))
}

function findingOf(
  { finding, standing, key, oldKey }: JudgedFinding,
  quote: Quote,
  compared: boolean,
): SarifFinding {
  const { level, block, lint } = finding
  const fence = block !== null && (block.file !== finding.file || block.line !== finding.line)
  return {
    ...placeOf(finding, quote),
    rule: shownLine(finding.rule),
    level,
    message: messageOf(finding),
    fingerprints: { [FINGERPRINT]: key, [OLD_FINGERPRINT]: oldKey },
    ...(fence ? { related: placeOf({ ...block, column: 1 }, quote) } : {}),
    ...(compared ? { baselineState: standing === 'known' ? 'unchanged' : 'new' } : {}),
    ...(lint === null ? {} : { properties: { sureness: lint.sureness } }),
  }
}

function placeOf({ file, line, column }: Position, quote: Quote) {
  const code = quote.line({ file, line })
  const parts = code === null ? null : excerpt(code, column)
  return { file, line, column, snippet: parts === null ? null : shown(parts.before + parts.after) }
}
