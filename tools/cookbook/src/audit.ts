import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { audit as auditPages, readPage } from '@cookbook/audit'
import { neutral } from '@cookbook/guide'
import { openToolchain } from '@cookbook/toolchain'

const USAGE = 'cookbook audit [--trust] [--keep FOLDER] GUIDE.md...'

/** `cookbook audit`: what a reader of any guide gets of each of its blocks. Exit code 1 when one fails. */
export async function audit(root: string, args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trust: { type: 'boolean', default: false },
      keep: { type: 'string' },
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
  const read = await Promise.all(
    positionals.map(async (path) => readPage(await readFile(path), relative(process.cwd(), path) || path)),
  )
  const folder = values['work-folder'] ?? join(root, 'target', 'audit', opened.toolchain.id)
  const report = await auditPages(
    read.map(({ page }) => page),
    read.flatMap(({ troubles }) => troubles),
    {
      toolchain: opened.toolchain,
      folder,
      lock: await readFile(join(root, 'Cargo.lock'), 'utf8'),
      keep: values.keep ?? null,
    },
  )
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
    for (const { name, run, durationMs } of report.groups)
      console.log(
        neutral(
          `group ${name}: ${run === null ? 'not run' : run.ending}, ${(durationMs / 1000).toFixed(1)} s`,
        ),
      )
    console.log(`${(report.durationMs / 1000).toFixed(1)} s`)
  }
  return report.blocks.some(({ verdict, asTold }) => verdict === 'fails' && !asTold) ? 1 : 0
}
