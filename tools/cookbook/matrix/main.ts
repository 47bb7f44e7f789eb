/**
 * `npm run matrix [-- --list] [--cells <glob>]... [--filter <slug>]... [--keep] [--out <folder>]`: verifies the chapters
 * in every cell of the matrix, one cell after another, each chapter in a cell being a task of turbo's. Shows the table,
 * and keeps it as matrix.json and matrix.md, in docs/ if nothing else is said. `--merge <matrix.json>...` runs nothing and
 * puts together what several machines saw. Exit code 1 when a chapter fails in a cell.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, matchesGlob, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findPatterns } from '@cookbook/guide'
import { progress } from '@cookbook/report'
import { CELLS, type Cell, nameOf } from './cells.ts'
import { page, plainTable, tableOf } from './page.ts'
import { merge, type Results, readResults } from './results.ts'
import { runCell } from './run-cell.ts'
import { tellCell } from './told.ts'
import { reach } from './why-not.ts'

const ROOT = join(import.meta.dirname, '../../..')

const { values } = parseArgs({
  options: {
    cells: { type: 'string', multiple: true, default: ['**'] },
    filter: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'docs') },
    merge: { type: 'string', multiple: true, default: [] },
  },
})
const out = resolve(values.out)
const chapters = await findPatterns(ROOT)
const strange = values.filter.filter((slug) => !chapters.includes(slug))
if (strange.length > 0) stop(`there is no chapter ${strange.join()}, expected one of: ${chapters.join(', ')}`)
const slugs = values.filter.length > 0 ? values.filter : chapters
const cells = CELLS.filter((cell) => values.cells.some((glob) => matchesGlob(nameOf(cell), glob)))
if (cells.length === 0) stop(`no cell matches ${values.cells.join()}: npm run matrix -- --list names them`)

if (values.list) for (const cell of cells) await list(cell)
else if (values.merge.length > 0) show(values.merge.map(readResults).reduce(merge))
else show(await run())

async function list(cell: Cell): Promise<void> {
  const reached = await reach(ROOT, cell)
  console.log(`${nameOf(cell)}  ${reached.kind === 'open' ? reached.tools : reached.why}`)
}

async function run(): Promise<Results> {
  const seen: Results = {}
  const date = new Date().toISOString().slice(0, 10)
  for (const cell of cells) {
    const name = nameOf(cell)
    const started = performance.now()
    const status = progress()
    const listener = {
      begun: (task: { package: string }) => status.show(`${name}: ${task.package}`),
      printed() {},
    }
    const result = await runCell(cell, { root: ROOT, slugs, date, keep: values.keep, listener })
    status.end()
    seen[name] = result
    keepResults({ [name]: result })
    console.log(tellCell(name, result, performance.now() - started))
  }
  return seen
}

/** What one cell found is kept before the next one begins: all of them take hours. */
function keepResults(seen: Results): void {
  mkdirSync(out, { recursive: true })
  const all = merge(readResults(join(out, 'matrix.json')), seen)
  writeFileSync(join(out, 'matrix.json'), `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(join(out, 'matrix.md'), page(all, chapters))
}

function show(seen: Results): void {
  keepResults(seen)
  console.log(`\n${plainTable(tableOf(seen, slugs, cells))}`)
  const failed = Object.values(seen).some(
    (result) => result.kind === 'ran' && Object.values(result.chapters).some(({ kind }) => kind === 'failed'),
  )
  if (failed) process.exitCode = 1
}

function stop(problem: string): never {
  console.error(`matrix: ${problem}`)
  process.exit(1)
}
