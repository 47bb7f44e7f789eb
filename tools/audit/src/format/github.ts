import { annotations } from './annotations.ts'
import { markdown } from './markdown.ts'
import type { Report } from './report.ts'

/**
 * Tells GitHub Actions of an audit: annotations on standard output, and the job summary where the step has a file for
 * it.
 */
export async function tellGitHub(report: Report): Promise<void> {
  // Loaded only where it is wanted: it brings an HTTP client along.
  const core = await import('@actions/core')
  for (const { level, message, properties } of annotations(report)) core[level](message, properties)
  if (process.env.GITHUB_STEP_SUMMARY === undefined) return
  try {
    await core.summary.addRaw(markdown(report), true).write()
  } catch (error) {
    // What was found is told already, and stays what the audit is judged by.
    core.warning(`the job summary could not be written: ${(error as Error).message}`)
  }
}
