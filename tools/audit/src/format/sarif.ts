import type { Location, Log, ReportingDescriptor, Result } from 'sarif'
import type { Position } from '../document/block.ts'
import { jsonText } from './json-text.ts'
import type { Told } from './judged.ts'
import { excerpt, type Quote } from './quote.ts'
import type { Report } from './report.ts'
import { rulesOf } from './rules.ts'
import { shown, shownLine } from './shown.ts'
import { detailLines } from './text-finding.ts'

const FINGERPRINT = 'cookbookAudit/v1'

/** The findings of an audit as SARIF 2.1.0, for code scanners. */
export function sarif({ audit, quote, judged }: Report): string {
  const rules = rulesOf(audit.lints).map(({ id, what, why }): ReportingDescriptor => {
    return {
      id: shownLine(id),
      shortDescription: { text: plain(shownLine(what)) },
      fullDescription: { text: plain(shownLine(why)) },
      help: { text: plain(shownLine(why)) },
    }
  })
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cookbook audit', rules } },
        invocations: [{ executionSuccessful: true }],
        columnKind: 'unicodeCodePoints',
        results: judged.told.map((told) => resultOf(told, rules, quote, judged.baseline !== null)),
        properties: { toolchain: audit.toolchain },
      },
    ],
  }
  return jsonText(log)
}

function resultOf(
  { finding, standing, key }: Told,
  rules: readonly ReportingDescriptor[],
  quote: Quote,
  compared: boolean,
): Result {
  const { level, message, detail, block, lint } = finding
  const ruleId = shownLine(finding.rule)
  const fence = block !== null && (block.file !== finding.file || block.line !== finding.line)
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: [shownLine(message), ...detailLines(detail)].map(plain).join('\n') },
    locations: [locationOf(finding, quote)],
    ...(fence ? { relatedLocations: [locationOf({ ...block, column: 1 }, quote)] } : {}),
    partialFingerprints: { [FINGERPRINT]: key },
    ...(compared ? { baselineState: standing === 'known' ? 'unchanged' : 'new' } : {}),
    ...(lint === null ? {} : { properties: { sureness: lint.sureness } }),
  }
}

function locationOf({ file, line, column }: Position, quote: Quote): Location {
  const code = quote.line({ file, line })
  const parts = code === null ? null : excerpt(code, column)
  const snippet = parts === null ? {} : { snippet: { text: shown(parts.before + parts.after) } }
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column, ...snippet },
    },
  }
}

function uriOf(file: string): string {
  const path = file.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

// In a plain text message of SARIF, `[words](target)` is a link.
function plain(text: string): string {
  return text.replaceAll('](', '] (')
}
