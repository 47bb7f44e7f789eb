import { json, reportToGitHub, terminalReport } from '@cookbook/report'
import type { EvidenceFiles } from './evidence-files.ts'
import { readRun } from './read-run.ts'
import { writeReportFiles } from './report-files.ts'
import type { TurboRun } from './turbo.ts'
import type { ReportFile } from './verify-command.ts'

/** Prints what a run of turbo proved, and writes the files that the caller asked for. Answers the exit code. */
export async function reportRun(
  root: string,
  turbo: TurboRun,
  durationMs: number,
  before: EvidenceFiles,
  options: { json: boolean; files: readonly ReportFile[] },
): Promise<number> {
  const run = await readRun(root, turbo, durationMs, before)
  process.stdout.write(options.json ? json(run) : `${terminalReport(run)}\n`)
  if (process.env.GITHUB_ACTIONS === 'true') await reportToGitHub(run)
  await writeReportFiles(run, options.files)
  return run.passed ? 0 : 1
}
