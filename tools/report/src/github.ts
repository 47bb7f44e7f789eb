import { escapeOutput, type Finding } from '@cookbook/guide'
import { allFindings, type RunResult } from './result.ts'
import { summaryOf } from './summary.ts'

/**
 * Tells GitHub Actions what was found: an annotation at each finding's line, and the job summary. What examples
 * printed reaches neither as a command nor as HTML.
 */
export async function reportToGitHub(run: RunResult): Promise<void> {
  // Loaded only where it is wanted: it brings an HTTP client along.
  const core = await import('@actions/core')
  for (const finding of allFindings(run)) {
    const { severity, code, file, line, column } = finding
    const annotate = severity === 'error' ? core.error : core.warning
    annotate(escapeOutput(words(finding)), { title: code, file, startLine: line, startColumn: column })
  }
  if (process.env.GITHUB_STEP_SUMMARY === undefined) return
  try {
    await core.summary.addRaw(summaryOf(run), true).write()
  } catch (error) {
    // What was found is told already, and stays what the run is judged by.
    core.warning(`the job summary could not be written: ${(error as Error).message}`)
  }
}

function words({ message, detail, remedy }: Finding): string {
  return [message, ...detail, remedy].join('\n')
}
