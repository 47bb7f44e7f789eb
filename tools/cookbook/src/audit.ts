import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { audit as auditPages, readGuide } from '@cookbook/audit'
import { neutral } from '@cookbook/guide'
import { openToolchain } from '@cookbook/toolchain'

const USAGE = 'cookbook audit [--trust] [--keep FOLDER] [--no-cache] GUIDE.md|FOLDER...'

/** `cookbook audit`: what a reader of any guide gets of each of its blocks. Exit code 1 when one fails. */
export async function audit(root: string, args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      trust: { type: 'boolean', default: false },
      keep: { type: 'string' },
      cache: { type: 'boolean', default: true },
      'work-folder': { type: 'string' },
      format: { type: 'string', default: 'text' },
    },
  })
  if (positionals.length === 0) {
    console.error(`audit: no guide is named; usage: ${USAGE}`)
    return 2
  }
  if (!values.trust) {
    console.error(
      'audit: a guide that you do not trust can only be tried in a sandbox, and there is none yet; --trust tries it on this machine',
    )
    return 2
  }
  const opened = await openToolchain(root, 'host')
  if (opened.kind === 'unavailable') {
    console.error(`audit: ${opened.problem}; ${opened.remedy}`)
    return 2
  }
  const { pages, troubles } = await readGuide(positionals, process.cwd())
  const folder = values['work-folder'] ?? join(root, 'target', 'audit', opened.toolchain.id)
  const lock = await readFile(join(root, 'Cargo.lock'), 'utf8')
  const keep = values.keep ?? null
  const report = await auditPages(pages, troubles, {
    toolchain: opened.toolchain,
    folder,
    lock,
    keep,
    cache: values.cache,
  })
  if (values.format === 'json') console.log(JSON.stringify(report, null, 2))
  else {
    for (const { file, line, lang, verdict, reason, group, asTold } of report.blocks)
      console.log(
        neutral(
          `${file}:${line} ${lang.padEnd(8)} ${verdict.padEnd(16)} ${asTold ? 'as told, ' : ''}${reason}${group === null ? '' : ` [${group}]`}`,
        ),
      )
    for (const { file, line, column, message } of report.troubles)
      console.log(neutral(`${file}:${line}:${column} ${message}`))
    for (const { name, run, durationMs, cached } of report.groups)
      console.log(
        neutral(
          `group ${name}: ${run === null ? 'not run' : run.ending}${cached ? ', cached' : ''}, ${(durationMs / 1000).toFixed(1)} s`,
        ),
      )
    console.log(`${(report.durationMs / 1000).toFixed(1)} s`)
  }
  return report.blocks.some(({ verdict, asTold }) => verdict === 'fails' && !asTold) ? 1 : 0
}
