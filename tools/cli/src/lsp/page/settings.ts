import { existsSync, globSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { REPORT_OPTIONS, type ReportOptions, readReportOptions } from '@cookbook/audit'
import { readArguments } from '../../command-line.ts'
import { COMMANDS } from '../../commands.ts'
import { findConfig } from '../../config/find-config.ts'
import { withConfig } from '../../config/with-config.ts'
import { AUDIT_OPTIONS, type AuditValues } from '../../open-audit.ts'
import { takeOptions } from '../../take-options.ts'

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
 * page runs no code of its repository outside of a sandbox: a cookbook.config.ts is loaded where it is named with
 * --config, or with --trust.
 */
export async function settingsFor(
  path: string,
  args: readonly string[],
): Promise<Settings | { kind: 'refused'; problem: string }> {
  const refused = (problem: string) => ({ kind: 'refused' as const, problem })
  const { given } = takeOptions(args, { flags: ['--no-config', '--trust'], values: ['--config'] })
  const named = given.get('--config') ?? null
  const found =
    named !== null
      ? { kind: 'found' as const, file: resolve(named) }
      : given.has('--no-config')
        ? { kind: 'found' as const, file: null }
        : findConfig(dirname(path))
  if (found.kind === 'refused') return found
  const { file } = found
  if (named === null && file?.endsWith('.ts') && !given.has('--trust'))
    return refused(
      `${file} is a program, which no opened page may start: start the server with --config ${file}`,
    )
  const folder = file === null ? repositoryOf(dirname(path)) : dirname(file)
  const rest = takeOptions(args, { flags: [], values: ['--config'] }).rest
  const configured = await withConfig(
    file === null ? [...rest, '--no-config'] : [`--config=${file}`, ...rest],
    folder,
  )
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

/** The nearest folder above that holds a repository, else the folder itself. */
function repositoryOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, '.git'))) return at
  return folder
}
