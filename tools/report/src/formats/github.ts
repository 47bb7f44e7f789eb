import type { AnnotationProperties } from '@actions/core'

/** What GitHub Actions shows at a line of a file. */
export type Annotation = {
  level: 'error' | 'warning' | 'notice'
  message: string
  properties: AnnotationProperties
}

/** Shows annotations on standard output, and a job summary where the step has a file for it. */
export async function reportToActions(
  annotations: readonly Annotation[],
  summary: () => string,
): Promise<void> {
  // Loaded only where it is wanted: it brings an HTTP client along.
  const core = await import('@actions/core')
  for (const { level, message, properties } of annotations) core[level](message, properties)
  if (process.env.GITHUB_STEP_SUMMARY === undefined) return
  try {
    await core.summary.addRaw(summary(), true).write()
  } catch (error) {
    // What was found is reported already, and stays what the run is judged by.
    core.warning(`the job summary could not be written: ${(error as Error).message}`)
  }
}
