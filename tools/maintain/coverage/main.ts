/** `npm run coverage`: what it takes, does and exits with is in commands.ts and options.ts, which `-- --help` prints. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { describeTools } from '@cookbook/cli/describe-tools'
import { findPatterns } from '@cookbook/guide'
import {
  type ChapterCoverage,
  coverageIndex,
  coverageJson,
  coveragePage,
  coverageReport,
} from '@cookbook/report'
import { findReaders, openToolchain } from '@cookbook/toolchain'
import { COMMANDS } from '../commands.ts'
import { writePages } from '../measurements/pages.ts'
import '@cookbook/cli/unread'
import { cover } from './cover.ts'
import { type Options, readOptions } from './options.ts'
import { COVERAGE_FILE, keepCoverage, readCoverageResults } from './results.ts'

const root = join(import.meta.dirname, '../../..')
const options = readOptions(process.argv.slice(2), await findPatterns(root), process.env.TOOLCHAIN)
if (options.kind === 'refused') leave(COMMANDS.coverage, options)
else await coverAll(options)

async function coverAll({ slugs, keep }: Options & { kind: 'cover' }): Promise<void> {
  const opened = await openToolchain(root, 'host')
  if (opened.kind === 'unavailable') leave(COMMANDS.coverage, opened)
  const { toolchain } = opened
  const readers = await findReaders(toolchain, root)
  if ('problem' in readers) leave(COMMANDS.coverage, readers)

  const chapters: ChapterCoverage[] = []
  for (const slug of slugs) chapters.push(await cover(root, toolchain, readers, slug))
  const folder = join(root, 'target/coverage')
  mkdirSync(folder, { recursive: true })
  for (const chapter of chapters) writeFileSync(join(folder, `${chapter.slug}.html`), coveragePage(chapter))
  writeFileSync(join(folder, 'index.html'), coverageIndex(chapters))
  writeFileSync(join(folder, 'coverage.json'), coverageJson(chapters))
  console.log(coverageReport(chapters))
  console.log('the chapters with their lines marked: target/coverage/index.html')
  if (keep) await keepFigures(chapters, describeTools(toolchain.tools))
  process.exitCode = chapters.every(({ findings }) => findings.length === 0) ? 0 : 1
}

async function keepFigures(chapters: readonly ChapterCoverage[], tools: string): Promise<void> {
  const date = new Date().toISOString().slice(0, 10)
  const results = keepCoverage(readCoverageResults(root), chapters, { date, tools })
  writeFileSync(join(root, COVERAGE_FILE), `${JSON.stringify(results, null, 2)}\n`)
  // An equal page keeps its time: a chapter may be under verification.
  writePages(root)
}
