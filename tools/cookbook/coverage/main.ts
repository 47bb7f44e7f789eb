/**
 * `npm run coverage [slug...]`: which of the shown lines of Rust and C++ ran, in the programs and tests that prove the
 * chapters, on this machine. A table, and below target/coverage each chapter with its lines marked, and all as JSON.
 * Exit code 1 when a line never ran and no reason says why.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPatterns } from '@cookbook/guide'
import {
  type ChapterCoverage,
  coverageIndex,
  coverageJson,
  coveragePage,
  coverageReport,
} from '@cookbook/report'
import { findReaders, openToolchain } from '@cookbook/toolchain'
import { cover } from './cover.ts'

const root = join(import.meta.dirname, '../../..')
const patterns = await findPatterns(root)
const slugs = process.argv.length > 2 ? process.argv.slice(2) : patterns
const strange = slugs.filter((slug) => !patterns.includes(slug))
if (strange.length > 0)
  refuse(`no pattern is named ${strange.join(', ')}; expected ${patterns.join(', ')}`, 'npm run coverage')
const opened = await openToolchain(root, 'host')
if (opened.kind === 'unavailable') refuse(opened.problem, opened.remedy)
const { toolchain } = opened
const readers = await findReaders(toolchain, root)
if ('problem' in readers) refuse(readers.problem, readers.remedy)

const chapters: ChapterCoverage[] = []
for (const slug of slugs) chapters.push(await cover(root, toolchain, readers, slug))
const folder = join(root, 'target/coverage')
mkdirSync(folder, { recursive: true })
for (const chapter of chapters) writeFileSync(join(folder, `${chapter.slug}.html`), coveragePage(chapter))
writeFileSync(join(folder, 'index.html'), coverageIndex(chapters))
writeFileSync(join(folder, 'coverage.json'), coverageJson(chapters))
console.log(coverageReport(chapters))
console.log('the chapters with their lines marked: target/coverage/index.html')
process.exitCode = chapters.every(({ findings }) => findings.length === 0) ? 0 : 1

function refuse(problem: string, remedy: string): never {
  console.error(`coverage: ${problem}\n  ${remedy}`)
  process.exit(2)
}
