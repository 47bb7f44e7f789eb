/** `npm run matrix`: what it takes, does and exits with is in commands.ts and options.ts, which `-- --help` prints. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { findPatterns } from '@cookbook/guide'
import { progress } from '@cookbook/report'
import { writeFileAtomic } from '@cookbook/toolchain'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { type Cell, nameOf, shareCrates } from './cells.ts'
import { type Options, readOptions } from './options.ts'
import { page, plainTable, tableOf } from './page.ts'
import { reportCell } from './report.ts'
import { merge, type Results, readResults } from './results.ts'
import { forgetCrates, runCell } from './run-cell.ts'
import { reach } from './why-not.ts'

const ROOT = join(import.meta.dirname, '../../..')

const chapters = await findPatterns(ROOT)
const options = readOptions(process.argv.slice(2), chapters, join(ROOT, 'docs'))
if (options.kind === 'refused') leave(COMMANDS.matrix, options)
else if (options.kind === 'list') for (const cell of options.cells) await list(cell)
else {
  const { out, cells, slugs } = options
  // Looked at before hours are spent on what could not be added to it.
  saved(out)
  const seen = options.kind === 'merge' ? options.files.map(part).reduce(merge) : await run(options)
  await keep(out, seen)
  console.log(`\n${plainTable(tableOf(seen, slugs, cells))}`)
  if (hasFailed(seen)) process.exitCode = 1
}

async function list(cell: Cell): Promise<void> {
  const reached = await reach(ROOT, cell)
  console.log(`${nameOf(cell)}  ${reached.kind === 'open' ? reached.tools : reached.why}`)
}

async function run({ cells, slugs, keep: keepBuilt, out }: Options & { kind: 'run' }): Promise<Results> {
  const seen: Results = {}
  const date = new Date().toISOString().slice(0, 10)
  for (const [index, cell] of cells.entries()) {
    const name = nameOf(cell)
    const started = performance.now()
    const status = progress()
    const listener = {
      begun: (task: { package: string }) => status.show(`${name}: ${task.package}`),
      printed() {},
    }
    const cellRun = await runCell(cell, { root: ROOT, slugs, date, keep: keepBuilt, listener })
    status.end()
    seen[name] = cellRun.result
    // What one cell found is kept before the next one begins: all of them take hours.
    await keep(out, { [name]: cellRun.result })
    console.log(reportCell(name, cellRun, performance.now() - started))
    const later = cells.slice(index + 1).some((other) => shareCrates(cell, other))
    if (!keepBuilt && !later) await forgetCrates(ROOT, cell)
  }
  return seen
}

async function keep(out: string, seen: Results): Promise<void> {
  const all = merge(saved(out), seen)
  await writeFileAtomic(join(out, 'matrix.json'), `${JSON.stringify(all, null, 2)}\n`)
  await writeFileAtomic(join(out, 'matrix.md'), page(all, chapters))
}

/** Nothing before the first run. */
function saved(out: string): Results {
  const path = join(out, 'matrix.json')
  return existsSync(path) ? part(path) : {}
}

function part(path: string): Results {
  const read = readResults(path)
  return read.kind === 'read' ? read.results : leave(COMMANDS.matrix, read)
}

function hasFailed(seen: Results): boolean {
  return Object.values(seen).some(
    (result) => result.kind === 'ran' && Object.values(result.chapters).some(({ kind }) => kind === 'failed'),
  )
}
