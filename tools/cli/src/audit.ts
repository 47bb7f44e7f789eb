import { existsSync, statSync } from 'node:fs'
import {
  audit as auditPages,
  DOCUMENT_ENDINGS,
  isDocument,
  REPORT_OPTIONS,
  readReportOptions,
  reportAudit,
  shownLine,
} from '@cookbook/audit'
import { type Progress, progress } from '@cookbook/report'
import { complain, readArguments } from './command-line.ts'
import { COMMANDS } from './commands.ts'
import { withConfig } from './config/with-config.ts'
import { writeConfig } from './config/write-config.ts'
import { AUDIT_OPTIONS, openAudit } from './open-audit.ts'
import { readPages } from './standard-input.ts'

export const OPTIONS = {
  ...AUDIT_OPTIONS,
  keep: { type: 'string', value: 'FOLDER', help: 'keep what was built in this folder' },
  json: { type: 'boolean', default: false, help: 'the same as --format json' },
  init: { type: 'boolean', default: false, help: 'write cookbook.config.json, and audit nothing' },
  ...REPORT_OPTIONS,
} as const

/**
 * `cookbook audit`: what a reader of any guide gets of each of its blocks. It keeps what it builds below `root`. Exit code
 * 1 when --fail-on says so.
 */
export async function audit(root: string, args: readonly string[]): Promise<number> {
  const line = progressLine()
  const refused = (problem: string) => {
    line.end()
    complain(`audit: ${problem.split('\n').map(shownLine).join('\n  ')}`)
    return 2
  }
  const configured = await withConfig(args, process.cwd())
  if (configured.kind === 'refused') return refused(configured.problem)
  const read = readAudit(configured)
  if (read.kind === 'init') return init()
  if (read.kind === 'refused') return refused(`${read.problem}; usage: ${COMMANDS.audit.usage}`)
  const { values, positionals, report } = read
  line.show(`reading ${shownLine(positionals.join(', '))}`)
  const { pages, troubles } = await readPages(positionals, process.cwd())
  if (pages.every(({ blocks }) => blocks.length === 0) && (pages.length > 0 || troubles.length === 0)) {
    const nothing = `${positionals.join(', ')} shows no block, expected Markdown with fenced blocks of code`
    return refused([...troubles.map(({ message }) => message), nothing].join('; '))
  }
  line.show('looking for compilers and a sandbox')
  const opened = await openAudit(root, values, process.cwd(), (words) => {
    line.end()
    console.error(words)
  })
  if (opened.kind === 'refused') return refused(opened.problem)
  const found = await auditPages(pages, troubles, {
    ...opened.options,
    keep: values.keep ?? null,
    progress: (text) => line.show(shownLine(text)),
  })
  line.end()
  const { code, problem } = await reportAudit(found, pages, report, stdout())
  return problem === null ? code : refused(problem)
}

/** Standard output, which is painted without a terminal too where FORCE_COLOR says so. */
function stdout(): NodeJS.WriteStream {
  const { FORCE_COLOR: force } = process.env
  if (force === undefined || force === '0') return process.stdout
  return Object.create(process.stdout, {
    isTTY: { value: true },
    hasColors: { value: () => true },
    write: { value: (text: string) => process.stdout.write(text) },
  })
}

/** What goes on, on a terminal; a log would only become long by it. */
function progressLine(): Progress {
  return process.stderr.isTTY ? progress() : { show() {}, end() {} }
}

/** `--init`: what this folder's audits are to do, in a file. */
function init(): number {
  const written = writeConfig(process.cwd())
  if (written.kind === 'refused') console.error(`audit: ${written.problem}`)
  else console.log(`${written.file} is there. Try it: cookbook audit`)
  return written.kind === 'refused' ? 2 : 0
}

function readAudit({ args, paths }: { args: readonly string[]; paths: readonly string[] }) {
  const refused = (problem: string) => ({ kind: 'refused' as const, problem })
  const parsed = readArguments(COMMANDS.audit, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const { values, words } = parsed
  if (values.init) return words.length === 0 ? { kind: 'init' as const } : refused('--init takes no page')
  const positionals = words.length === 0 ? paths : words
  if (values.json && values.format !== undefined)
    return refused('--json and --format are both there, expected one')
  const report = readReportOptions(values.json ? { ...values, format: ['json'] } : values)
  if (report.kind === 'refused') return report
  if (positionals.length === 0) return refused('no guide is named, here or in cookbook.config.json')
  const strange = positionals.find((path) => /\.\w+$/.test(path) && !isDocument(path))
  if (strange !== undefined && existsSync(strange) && !statSync(strange).isDirectory())
    return refused(`${strange} is no document: expected ${DOCUMENT_ENDINGS.join(', ')} or a folder`)
  return { kind: 'read' as const, values, positionals, report: report.options }
}
