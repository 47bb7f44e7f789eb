/**
 * `npm run faults [-- word...]`: plants faults into good pages, one at a time, and says which of them the audit, the
 * contract's check and the runner find, beside what others find in the same blocks. `--write` writes docs/faults.md;
 * words choose faults by their name, page or judge.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Page, readGuide } from '@cookbook/audit'
import { openToolchain } from '@cookbook/toolchain'
import { openCheckout } from '../system/checkout.ts'
import { type Corpus, type Fault, lineOf, planted, readCorpora } from './fault.ts'
import { type Found, news } from './finding.ts'
import { judgeByAudit } from './judge-audit.ts'
import { judgeByCheck } from './judge-check.ts'
import { judgeByRunner } from './judge-runner.ts'
import { judgeByRival, openBench, RIVALS } from './rivals.ts'
import { changed, rank, type Scored } from './score.ts'
import { document, oneLine } from './told.ts'

const ROOT = join(import.meta.dirname, '../../..')
const args = process.argv.slice(2)
const words = args.filter((word) => word !== '--write')
const opened = await openToolchain(ROOT, 'host')
if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.remedy}`)
const { toolchain } = opened
const work = join(ROOT, 'target/faults', toolchain.id)
const lock = await readFile(join(ROOT, 'Cargo.lock'), 'utf8')
const options = { toolchain, folder: work, lock }
const temporary = await mkdtemp(join(tmpdir(), 'cookbook-faults-'))

const wanted = ({ page }: Corpus, { name, by, kind }: Fault) =>
  words.every((word) => `${page} ${name} by ${by} in ${kind}`.includes(word))
const corpora = readCorpora()
  .map((corpus) => ({ ...corpus, faults: corpus.faults.filter((fault) => wanted(corpus, fault)) }))
  .filter(({ faults }) => faults.length > 0)

const scores: Scored[] = []
const alarms: Record<string, Found[]> = { ours: [], ...Object.fromEntries(RIVALS.map((name) => [name, []])) }
try {
  for (const corpus of corpora) scores.push(...(await judgeCorpus(corpus)))
} finally {
  await rm(temporary, { recursive: true, force: true })
}
console.log(document(scores, alarms))
if (args.includes('--write')) await writeFile(join(ROOT, 'docs/faults.md'), document(scores, alarms))
const missed = scores.filter(({ ours }) => ours === 'missed' || ours === 'elsewhere').length
process.exitCode = missed + alarms.ours!.length === 0 ? 0 : 1

async function judgeCorpus({ page, faults }: Corpus): Promise<Scored[]> {
  const text = await readFile(join(ROOT, page), 'utf8')
  const byAudit = faults.some(({ by }) => by === 'audit')
  const clean = byAudit ? await audited(page, text) : { found: [], pages: await pagesOf(page, text) }
  // What is left out of a good guide is no fault of it.
  alarms.ours!.push(...clean.found.filter(({ code }) => !code.startsWith('help: ')))
  const bench = await openBench(toolchain, join(temporary, 'rivals'), join(work, 'seed'))
  for (const rival of RIVALS)
    for (const { blocks } of clean.pages)
      for (const block of blocks)
        alarms[rival]!.push(...(await judgeByRival(rival, bench, block)).slice(0, 1))
  const scored: Scored[] = []
  for (const fault of faults) {
    const { file, after, pages, found } = await judge(page, text, fault, clean.found)
    const line = lineOf(after, fault)
    const expected = found.filter(({ code }) => code.startsWith(fault.code))
    const rivals: Record<string, Scored['ours']> = {}
    for (const rival of RIVALS) {
      const said: Found[] = []
      for (const { from, to } of changed(clean.pages, pages)) {
        const before = from === null ? [] : await judgeByRival(rival, bench, { ...from, line: to.line })
        said.push(...news(before, await judgeByRival(rival, bench, to)))
      }
      rivals[rival] = rank(said, file, line, pages)
    }
    const score = { page, fault, line, ours: rank(expected, file, line, pages), rivals, said: found }
    console.error(oneLine(score))
    scored.push(score)
  }
  return scored
}

/** What the judge of a fault says of it, and the text that the fault's line is of. */
async function judge(page: string, text: string, fault: Fault, clean: readonly Found[]) {
  const own = fault.edits.filter(({ file }) => file === undefined)
  const after = own.reduce(planted, text)
  if (fault.by === 'audit') {
    const { found, pages } = await audited(page, after)
    return { file: page, after, pages, found: news(clean, found) }
  }
  const pages = await pagesOf(page, after)
  const result = async (dir: string, found: readonly Found[]) => {
    const file = fault.of === undefined ? page : `${dirname(page)}/${fault.of}`
    const of = fault.of === undefined ? after : await readFile(join(dir, fault.of), 'utf8')
    return { file, after: of, pages, found: [...found] }
  }
  if (fault.by === 'check') {
    const root = join(temporary, 'check')
    const dir = join(root, dirname(page))
    await cp(join(ROOT, dirname(page)), dir, { recursive: true })
    await edit(dir, page, fault)
    const found = await result(dir, await judgeByCheck(root, dir))
    await rm(root, { recursive: true })
    return found
  }
  using checkout = openCheckout()
  const dir = join(checkout.root, dirname(page))
  await edit(dir, page, fault)
  return await result(dir, judgeByRunner(dir))
}

async function edit(dir: string, page: string, { edits }: Fault): Promise<void> {
  for (const { file = page.slice(dirname(page).length + 1), ...change } of edits) {
    const path = join(dir, file)
    await writeFile(path, planted(await readFile(path, 'utf8'), change))
  }
}

/** A page of our own stands there as another guide would be written: its fences say the language and not the file. */
async function placed(page: string, text: string): Promise<void> {
  const path = join(temporary, 'guide', page)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text.replace(/^([ \t>]*`{3,}\w+)[ \t][^\n]*$/gm, '$1'))
}

async function audited(page: string, text: string): Promise<{ found: Found[]; pages: readonly Page[] }> {
  await placed(page, text)
  return judgeByAudit([page], join(temporary, 'guide'), options)
}

async function pagesOf(page: string, text: string): Promise<readonly Page[]> {
  await placed(page, text)
  return (await readGuide([page], join(temporary, 'guide'))).pages
}
