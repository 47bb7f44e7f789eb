import { type JUnitCase, type JUnitSuite, junitDocument } from '@cookbook/report/formats'
import type { BlockVerdict } from '../verdict.ts'
import type { JudgedFinding } from './finding/judged.ts'
import type { Report } from './finding/report.ts'
import { bySection } from './finding/sections.ts'
import { shown, shownLine, shownName } from './finding/shown.ts'
import { detailLines } from './text-finding.ts'

/**
 * The audit as JUnit XML: a suite a section, a case a block. A case fails exactly when a finding of it fails the audit;
 * what is only told, or is in the baseline, stands in its output.
 */
export function junit({ audit, judged }: Report): string {
  const ofBlock = Map.groupBy(judged.reported, ({ finding }) => finding.block)
  const sections = bySection(audit).map(({ name, blocks, group }): JUnitSuite => {
    const title = shownName(name)
    const cases = blocks.map((block) => blockCase(block, title, ofBlock.get(block) ?? []))
    return { name: title, cases, durationMs: group?.durationMs ?? 0 }
  })
  const besides = (kind: string, name: string): JUnitSuite[] => {
    const reported = (ofBlock.get(null) ?? []).filter(({ finding }) => finding.kind === kind)
    const cases = reported.map((one) => findingCase(one, name))
    return cases.length === 0 ? [] : [{ name, cases, durationMs: 0 }]
  }
  const suites = [...sections, ...besides('error', 'not read'), ...besides('lint', 'lints')]
  return junitDocument('cookbook audit', suites, audit.durationMs, shown)
}

function blockCase(block: BlockVerdict, classname: string, reported: readonly JudgedFinding[]): JUnitCase {
  const { file, line, lang, path, verdict, reason } = block
  const name = [`${shownLine(file)}:${line}`, shownName(lang), shownName(path ?? '')]
  const isJudged = !['untried', 'fragment', 'not code'].includes(verdict)
  const skipped = isJudged ? null : `${verdict}: ${shownLine(reason)}`
  return caseOf(name.filter((word) => word !== '').join(' '), classname, skipped, reported)
}

function findingCase(reported: JudgedFinding, classname: string): JUnitCase {
  const { file, line, column, rule } = reported.finding
  return caseOf(`${shownLine(file)}:${line}:${column} ${shownLine(rule)}`, classname, null, [reported])
}

function caseOf(
  name: string,
  classname: string,
  skipped: string | null,
  reported: readonly JudgedFinding[],
): JUnitCase {
  const bad = reported.filter(({ standing }) => standing === 'fails')
  const rest = reported.filter(({ standing }) => standing !== 'fails')
  const problems = bad.map((one) => ({
    kind: one.finding.rule === 'unreadable' ? ('error' as const) : ('failure' as const),
    type: shownLine(one.finding.rule),
    message: shownLine(one.finding.message),
    text: words(one),
  }))
  // The schema wants errors before failures.
  problems.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
  const output = rest.length === 0 ? {} : { output: rest.map(words).join('\n') }
  return { name, classname, problems, skipped, ...output }
}

function words({ finding, standing }: JudgedFinding): string {
  const { file, line, column, rule, message, detail } = finding
  const known = standing === 'known' ? ' [in the baseline]' : ''
  const first = `${shownLine(file)}:${line}:${column} ${shownLine(rule)}: ${shownLine(message)}${known}`
  return [first, ...detailLines(detail)].join('\n')
}
