import type { Annotation } from '@cookbook/report/formats'
import type { JudgedFinding } from './finding/judged.ts'
import type { Report } from './finding/report.ts'
import { shownLine } from './finding/shown.ts'
import { detailLines } from './text-finding.ts'

/**
 * An annotation for each finding; what the baseline holds has none. What fails the audit comes first, as GitHub shows
 * the first ten of a step and level only.
 */
export function annotations({ judged }: Report): Annotation[] {
  const wanted = judged.reported.filter(({ standing }) => standing !== 'known')
  return wanted.toSorted((a, b) => rank(a) - rank(b)).map(annotation)
}

const rank = ({ standing }: JudgedFinding) => (standing === 'fails' ? 0 : 1)

function annotation({ finding, standing }: JudgedFinding): Annotation {
  const { file, line, column, rule, message, detail, level } = finding
  return {
    level: standing === 'fails' ? 'error' : level === 'note' ? 'notice' : 'warning',
    message: [shownLine(message), ...detailLines(detail)].join('\n'),
    properties: { title: shownLine(rule), file: shownLine(file), startLine: line, startColumn: column },
  }
}
