import type { Location, Log, ReportingDescriptor, Result } from 'sarif'

type Region = { file: string; line: number; column: number; snippet?: string | null }

/** A finding, all of its texts safe to read. */
export type SarifFinding = Region & {
  rule: string
  level: 'error' | 'warning' | 'note'
  message: string
  /** By which a code scanner knows it again. */
  fingerprints: Readonly<Record<string, string>>
  related?: Region
} & Pick<Result, 'baselineState' | 'properties'>

/** A rule, with what it finds and why that matters, where that is known. */
export type SarifRule = { id: string; what?: string; why?: string }

/** Findings as SARIF 2.1.0, for code scanners. */
export function sarifLog(
  name: string,
  rules: readonly SarifRule[],
  findings: readonly SarifFinding[],
  more: { succeeded: boolean; properties?: Record<string, unknown> },
): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, rules: rules.map(ruleOf) } },
        invocations: [{ executionSuccessful: more.succeeded }],
        columnKind: 'unicodeCodePoints',
        results: findings.map((finding) => resultOf(finding, rules)),
        ...(more.properties === undefined ? {} : { properties: more.properties }),
      },
    ],
  }
}

function ruleOf({ id, what, why }: SarifRule): ReportingDescriptor {
  if (what === undefined || why === undefined) return { id }
  const reason = { text: plain(why) }
  return { id, shortDescription: { text: plain(what) }, fullDescription: reason, help: reason }
}

function resultOf(finding: SarifFinding, rules: readonly SarifRule[]): Result {
  const { rule, level, message, fingerprints, related, baselineState, properties } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level,
    message: { text: plain(message) },
    locations: [locationOf(finding)],
    ...(related === undefined ? {} : { relatedLocations: [locationOf(related)] }),
    partialFingerprints: { ...fingerprints },
    ...(baselineState === undefined ? {} : { baselineState }),
    ...(properties === undefined ? {} : { properties }),
  }
}

function locationOf({ file, line, column, snippet = null }: Region): Location {
  const shown = snippet === null ? {} : { snippet: { text: snippet } }
  const region = { startLine: line, startColumn: column, ...shown }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }
}

function uriOf(file: string): string {
  const path = file.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

// In a plain text message of SARIF, `[words](target)` is a link.
const plain = (text: string): string => text.replaceAll('](', '] (')
