import { type Element, xml } from '@cookbook/report/xml'
import type { BlockVerdict } from '../verdict.ts'
import type { Told } from './judged.ts'
import type { Report } from './report.ts'
import { bySection } from './sections.ts'
import { shown, shownLine, shownName } from './shown.ts'
import { detailLines } from './text-finding.ts'

/** A test case, and what became of it. */
type Case = { element: Element; result: 'passed' | 'failure' | 'error' | 'skipped' }

/**
 * The audit as JUnit XML: a suite a section, a case a block. A case fails exactly when a finding of it fails the audit;
 * what is only told, or is in the baseline, stands in its output.
 */
export function junit({ audit, judged }: Report): string {
  const ofBlock = Map.groupBy(judged.told, ({ finding }) => finding.block)
  const sections = bySection(audit).map(({ name, blocks, group }) => {
    const title = shownName(name)
    const cases = blocks.map((block) => blockCase(block, title, ofBlock.get(block) ?? []))
    return suite(title, cases, group?.durationMs ?? 0)
  })
  const besides = (kind: string, title: string) => {
    const told = (ofBlock.get(null) ?? []).filter(({ finding }) => finding.kind === kind)
    return told.length === 0
      ? []
      : [
          suite(
            title,
            told.map((one) => findingCase(one, title)),
            0,
          ),
        ]
  }
  const suites = [...sections, ...besides('error', 'not read'), ...besides('lint', 'lints')]
  const sum = (name: string) => suites.reduce((all, { attributes }) => all + Number(attributes[name]), 0)
  return xml(
    {
      name: 'testsuites',
      attributes: {
        name: 'cookbook audit',
        tests: sum('tests'),
        failures: sum('failures'),
        errors: sum('errors'),
        time: inSeconds(audit.durationMs),
      },
      content: suites,
    },
    shown,
  )
}

function suite(name: string, cases: readonly Case[], durationMs: number): Element {
  const count = (wanted: Case['result']) => cases.filter(({ result }) => result === wanted).length
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: cases.length,
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
      time: inSeconds(durationMs),
    },
    content: cases.map(({ element }) => element),
  }
}

function blockCase(block: BlockVerdict, classname: string, told: readonly Told[]): Case {
  const { file, line, lang, path, verdict, reason } = block
  const name = [`${shownLine(file)}:${line}`, shownName(lang), shownName(path ?? '')]
  const unjudged = ['untried', 'fragment', 'not code'].includes(verdict)
  const skipped = unjudged ? [plain('skipped', `${verdict}: ${shownLine(reason)}`)] : []
  return caseOf(name.filter((word) => word !== '').join(' '), classname, skipped, told)
}

function findingCase(told: Told, classname: string): Case {
  const { file, line, column, rule } = told.finding
  return caseOf(`${shownLine(file)}:${line}:${column} ${shownLine(rule)}`, classname, [], [told])
}

function caseOf(name: string, classname: string, skipped: readonly Element[], told: readonly Told[]): Case {
  const bad = told.filter(({ standing }) => standing === 'fails')
  const rest = told.filter(({ standing }) => standing !== 'fails')
  const failures = bad.map(failure)
  const result =
    failures.length > 0
      ? failures.some(({ name }) => name === 'error')
        ? 'error'
        : 'failure'
      : skipped.length > 0
        ? 'skipped'
        : 'passed'
  const said = rest.length === 0 ? [] : [plain('system-out', rest.map(words).join('\n'))]
  // The schema wants errors before failures.
  const ordered = failures.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const content = [...(result === 'skipped' ? skipped : []), ...ordered, ...said]
  return { element: { name: 'testcase', attributes: { name, classname }, content }, result }
}

function failure(told: Told): Element {
  const { rule, message } = told.finding
  const name = rule === 'unreadable' ? 'error' : 'failure'
  return { name, attributes: { type: shownLine(rule), message: shownLine(message) }, content: words(told) }
}

function words({ finding, standing }: Told): string {
  const { file, line, column, rule, message, detail } = finding
  const known = standing === 'known' ? ' [in the baseline]' : ''
  const first = `${shownLine(file)}:${line}:${column} ${shownLine(rule)}: ${shownLine(message)}${known}`
  return [first, ...detailLines(detail)].join('\n')
}

const plain = (name: string, content: string): Element => ({ name, attributes: {}, content })

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
