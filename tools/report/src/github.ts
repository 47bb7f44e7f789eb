import { escapeOutput } from '@cookbook/guide'
import { reportToActions } from './formats/index.ts'
import { allFindings, type RunResult } from './result.ts'
import { summaryOf } from './summary.ts'

/**
 * Tells GitHub Actions what was found: an annotation at each finding's line, and the job summary. What examples
 * printed reaches neither as a command nor as HTML.
 */
export function reportToGitHub(run: RunResult): Promise<void> {
  const annotations = allFindings(run).map(
    ({ severity, code, file, line, column, message, detail, fix }) => ({
      level: severity,
      message: escapeOutput([message, ...detail, fix].join('\n')),
      properties: { title: code, file, startLine: line, startColumn: column },
    }),
  )
  return reportToActions(annotations, () => summaryOf(run))
}
