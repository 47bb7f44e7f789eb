/** `npm run coverage`: what it takes, does and exits with stands in asked.ts, which `-- --help` prints. */
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
import { type Refusal, spellRefusal } from '../matrix/refusals.ts'
import { HELP, readAsked } from './asked.ts'
import { cover } from './cover.ts'

const root = join(import.meta.dirname, '../../..')
const asked = readAsked(process.argv.slice(2), await findPatterns(root), process.env.TOOLCHAIN)
if (asked.kind === 'refused') leave(asked.said)
else if (asked.kind === 'help') console.log(HELP)
else await coverAll(asked.slugs)

async function coverAll(slugs: readonly string[]): Promise<void> {
  const opened = await openToolchain(root, 'host')
  if (opened.kind === 'unavailable') stop(opened)
  const { toolchain } = opened
  const readers = await findReaders(toolchain, root)
  if ('problem' in readers) stop(readers)

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
}

function stop(refusal: Refusal): never {
  leave(spellRefusal('coverage', refusal))
}

function leave(said: string): never {
  console.error(said)
  process.exit(2)
}
