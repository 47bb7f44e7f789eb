import { createHash } from 'node:crypto'
import { escapeOutput, type Finding } from '@cookbook/guide'
import type { Log, Result } from 'sarif'
import { allFindings, type RunResult } from './result.ts'

/** The key by the kind of finding and its place among the like of its file: a better message leaves it as it is. */
const FINGERPRINT = 'cookbookVerify/v2'
/** The key by the message, for what was filed under it. */
const OLD_FINGERPRINT = 'cookbookVerify/v1'

/** The findings of a run as SARIF 2.1.0, for code scanning. */
export function sarif(run: RunResult): string {
  const findings = allFindings(run)
  const rules = [...new Set(findings.map(({ code }) => code))].sort()
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cookbook verify', rules: rules.map((id) => ({ id })) } },
        invocations: [{ executionSuccessful: run.passed || findings.length > 0 }],
        columnKind: 'unicodeCodePoints',
        results: [...Map.groupBy(findings, ({ code, file }) => `${code} ${file}`).values()].flatMap((like) =>
          like.map(resultOf),
        ),
      },
    ],
  }
  return `${JSON.stringify(log, null, 1)}\n`
}

function resultOf(finding: Finding, index: number): Result {
  const { code, severity, file, line, column, message, detail, remedy } = finding
  const region = { startLine: line, startColumn: column }
  return {
    ruleId: code,
    level: severity,
    message: { text: plain([message, ...detail, remedy].join('\n')) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
    partialFingerprints: {
      [FINGERPRINT]: fingerprint(code, file, index),
      [OLD_FINGERPRINT]: fingerprint(code, file, message),
    },
  }
}

/** The same after an edit that moves the finding to another line. */
function fingerprint(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

function uriOf(file: string): string {
  return file.toWellFormed().split('/').map(encodeURIComponent).join('/')
}

// In a plain text message of SARIF, `[words](target)` is a link.
function plain(text: string): string {
  return escapeOutput(text.toWellFormed()).replaceAll('](', '] (')
}
