import { globSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { REPORT_OPTIONS, type ReportOptions, readReportOptions } from '@cookbook/audit'
import { readArguments } from '../../command-line.ts'
import { COMMANDS } from '../../commands.ts'
import { findConfig, repositoryOf } from '../../config/find-config.ts'
import { withFound } from '../../config/with-config.ts'
import { AUDIT_OPTIONS, type AuditValues } from '../../open-audit.ts'

export const OPTIONS = {
  ...AUDIT_OPTIONS,
  'fail-on': REPORT_OPTIONS['fail-on'],
  baseline: REPORT_OPTIONS.baseline,
  stdio: { type: 'boolean', default: false, help: 'accepted for editors: it always uses standard streams' },
} as const

/** How the pages of a folder are audited. */
export type Settings = {
  kind: 'read'
  /** Where pages are named from, as a baseline has them: the configuration's folder, else the repository's. */
  folder: string
  values: AuditValues
  report: ReportOptions
  /** Whether a page is one of those that the configuration lists; without a list each is. */
  wants(path: string): boolean
}

/**
 * Reads what the command line of the server and the configuration say of a page, or what is wrong with it. To open a
 * page runs no code of its repository outside of a sandbox.
 */
export async function settingsFor(
  path: string,
  args: readonly string[],
): Promise<Settings | { kind: 'refused'; problem: string }> {
  const found = findConfig(args, dirname(path), process.cwd())
  if (found.kind === 'refused') return found
  const folder = found.file === null ? repositoryOf(dirname(path)) : dirname(found.file)
  const configured = await withFound(found, folder)
  if (configured.kind === 'refused') return configured
  const parsed = readArguments(COMMANDS.lsp, configured.args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const { values } = parsed
  const report = readReportOptions({ ...values, 'update-baseline': false })
  if (report.kind === 'refused') return report
  const { baseline } = report.options
  const { paths } = configured
  return {
    kind: 'read',
    folder,
    values,
    report: { ...report.options, baseline: baseline && resolve(folder, baseline) },
    wants: (page) => paths.length === 0 || isBelow(folder, paths, page),
  }
}

/** Whether a page is one of what is listed, or lies below it. */
function isBelow(folder: string, paths: readonly string[], page: string): boolean {
  const listed = globSync([...paths], { cwd: folder }).map((path) => resolve(folder, path))
  return listed.some((path) => page === path || !relative(path, page).startsWith('..'))
}
