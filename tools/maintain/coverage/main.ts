/** `npm run coverage`: what it takes, does and exits with stands in asked.ts, which `-- --help` prints. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { tellTools } from '@cookbook/cli/tell-tools'
import { findPatterns } from '@cookbook/guide'
import {
  type ChapterCoverage,
  coverageIndex,
  coverageJson,
  coveragePage,
  coverageReport,
} from '@cookbook/report'
import { findReaders, openToolchain, place } from '@cookbook/toolchain'
import { readKept } from '../bench/figures/kept.ts'
import { COMMANDS } from '../commands.ts'
import { pages } from '../measurements/pages.ts'
import '@cookbook/cli/unread'
import { type Asked, readAsked } from './asked.ts'
import { cover } from './cover.ts'
import { COVERAGE_FILE, keepCoverage, readKeptCoverage } from './kept.ts'

const root = join(import.meta.dirname, '../../..')
const asked = readAsked(process.argv.slice(2), await findPatterns(root), process.env.TOOLCHAIN)
if (asked.kind === 'refused') leave(COMMANDS.coverage, asked)
else await coverAll(asked)

async function coverAll({ slugs, keep }: Asked & { kind: 'cover' }): Promise<void> {
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
  if (keep) await keepFigures(chapters, tellTools(toolchain.tools))
  process.exitCode = chapters.every(({ findings }) => findings.length === 0) ? 0 : 1
}

async function keepFigures(chapters: readonly ChapterCoverage[], tools: string): Promise<void> {
  const date = new Date().toISOString().slice(0, 10)
  const kept = keepCoverage(readKeptCoverage(root), chapters, { date, tools })
  writeFileSync(join(root, COVERAGE_FILE), `${JSON.stringify(kept, null, 2)}\n`)
  // An equal page keeps its time: a chapter may be under verification.
  for (const { path, text } of pages(root, readKept(root))) await place(join(root, path), text)
}
