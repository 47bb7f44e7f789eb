import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { json, junit, type RunResult, sarif } from '@cookbook/report'

const FORMATS = { sarif, junit, json }
type Format = keyof typeof FORMATS

/** A file that a run is to be told in. */
export type ReportFile = { format: Format; path: string }

/** Takes `--sarif=FILE`, `--junit=FILE` and `--json=FILE` out of the arguments; what is left is turbo's. */
export function takeReportFiles(args: readonly string[]): { files: ReportFile[]; rest: string[] } {
  const files: ReportFile[] = []
  const rest = args.filter((arg) => {
    const [, format, path] = /^--(sarif|junit|json)=(.+)$/.exec(arg) ?? []
    if (path !== undefined) files.push({ format: format as Format, path })
    return path === undefined
  })
  return { files, rest }
}

/** Writes each file, and its folder where there is none. Rejects when one cannot be written. */
export async function writeReportFiles(run: RunResult, files: readonly ReportFile[]): Promise<void> {
  for (const { format, path } of files) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, FORMATS[format](run))
  }
}
