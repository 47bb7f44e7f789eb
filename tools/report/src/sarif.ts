import { createHash } from 'node:crypto'
import { escapeOutput } from '@cookbook/guide'
import { sarifLog } from './formats/index.ts'
import { allFindings, type RunResult } from './result.ts'

/** The key by the kind of finding and its place among the like of its file: a better message leaves it as it is. */
const FINGERPRINT = 'cookbookVerify/v2'
/** The key by the message, for what was filed under it. */
const OLD_FINGERPRINT = 'cookbookVerify/v1'

/** The findings of a run as SARIF 2.1.0, for code scanning. */
export function sarif(run: RunResult): string {
  const findings = allFindings(run)
  const rules = [...new Set(findings.map(({ code }) => code))].sort().map((id) => ({ id }))
  const results = [...Map.groupBy(findings, ({ code, file }) => `${code} ${file}`).values()].flatMap((like) =>
    like.map(({ code, severity, file, line, column, message, detail, fix }, index) => ({
      ...{ rule: code, level: severity, file, line, column },
      message: escapeOutput([message, ...detail, fix].join('\n').toWellFormed()),
      fingerprints: {
        [FINGERPRINT]: fingerprint(code, file, index),
        [OLD_FINGERPRINT]: fingerprint(code, file, message),
      },
    })),
  )
  const log = sarifLog('cookbook verify', rules, results, { succeeded: run.passed || findings.length > 0 })
  return `${JSON.stringify(log, null, 1)}\n`
}

/** The same after an edit that moves the finding to another line. */
function fingerprint(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
