import { reportToActions } from '@cookbook/report/formats'
import { annotations } from './annotations.ts'
import type { Report } from './finding/report.ts'
import { markdown } from './markdown.ts'

/** Shows an audit in GitHub Actions: annotations, and the job summary. */
export const reportToGitHub = (report: Report): Promise<void> =>
  reportToActions(annotations(report), () => markdown(report))
