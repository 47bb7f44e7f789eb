import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  allowedCrates,
  audit as auditPages,
  openSandbox,
  REPORT_OPTIONS,
  readGuide,
  readReportOptions,
  shownLine,
  tellAudit,
} from '@cookbook/audit'
import { readArguments } from './command-line.ts'
import { COMMANDS } from './commands.ts'

const OPTIONS = {
  sandbox: { type: 'string', value: 'auto|bubblewrap|docker', default: 'auto', help: 'where its code runs' },
  'allow-crate': { type: 'string', value: 'NAME', multiple: true, help: 'one more crate that it may use' },
  trust: { type: 'boolean', default: false, help: 'run its code without a sandbox' },
  keep: { type: 'string', value: 'FOLDER', help: 'leave there what was built' },
  cache: { type: 'boolean', default: true, help: 'try again what an earlier audit tried of the same text' },
  sanitize: { type: 'boolean', default: false, help: 'run its programs with sanitizers too' },
  'work-folder': { type: 'string', value: 'FOLDER', help: 'where it builds, else below target/' },
  ...REPORT_OPTIONS,
} as const

/** `cookbook audit`: what a reader of any guide gets of each of its blocks. Exit code 1 when --fail-on says so. */
export async function audit(root: string, args: readonly string[]): Promise<number> {
  const refused = (problem: string) => {
    console.error(`audit: ${shownLine(problem)}`)
    return 2
  }
  const read = readAudit(args)
  if (read.kind === 'refused') return refused(`${read.problem}; usage: ${COMMANDS.audit.usage}`)
  const { values, positionals, report } = read
  const { pages, troubles } = await readGuide(positionals, process.cwd())
  if (pages.every(({ blocks }) => blocks.length === 0) && (pages.length > 0 || troubles.length === 0)) {
    const nothing = `${positionals.join(', ')} shows no block, expected Markdown with fenced blocks of code`
    return refused([...troubles.map(({ message }) => message), nothing].join('; '))
  }
  const opened = await openSandbox({
    root,
    workFolder: values['work-folder'] && resolve(values['work-folder']),
    choice: values.trust ? 'trust' : values.sandbox,
    allowed: allowedCrates(values['allow-crate'] ?? []),
    progress: (words) => console.error(words),
  })
  if (opened.kind === 'unavailable') return refused(`${opened.problem}; ${opened.remedy}`)
  const found = await auditPages(pages, troubles, {
    toolchain: opened.toolchain,
    folder: opened.folder,
    lock: await readFile(join(root, 'Cargo.lock'), 'utf8'),
    keep: values.keep ?? null,
    cache: values.cache,
    sanitize: values.sanitize,
    isolated: opened.within !== 'nothing',
  })
  const { code, problem } = await tellAudit(found, pages, report)
  return problem === null ? code : refused(problem)
}

function readAudit(args: readonly string[]) {
  const refused = (problem: string) => ({ kind: 'refused' as const, problem })
  const parsed = readArguments(COMMANDS.audit, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const { values, words: positionals } = parsed
  const report = readReportOptions(values)
  if (report.kind === 'refused') return report
  if (positionals.length === 0) return refused('no guide is named')
  const strange = positionals.find((path) => /\.\w+$/.test(path) && !/\.(?:md|markdown|mdx)$/i.test(path))
  if (strange !== undefined && existsSync(strange) && !statSync(strange).isDirectory())
    return refused(`${strange} is no Markdown: expected .md, .markdown or a folder`)
  return { kind: 'read' as const, values, positionals, report: report.options }
}
