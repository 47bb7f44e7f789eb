import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { json, junit, type RunResult, sarif } from '@cookbook/report'
import type { ReportFile } from './verify-command.ts'

const FORMATS: Record<ReportFile['format'], (run: RunResult) => string> = { sarif, junit, json }

/** Writes each file, and its folder where there is none. Rejects when one cannot be written. */
export async function writeReportFiles(run: RunResult, files: readonly ReportFile[]): Promise<void> {
  for (const { format, path } of files) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, FORMATS[format](run))
  }
}
