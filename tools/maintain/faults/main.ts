/** `npm run faults`: what it takes, does and exits with is in commands.ts and options.ts, which `-- --help` prints. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { openToolchain } from '@cookbook/toolchain'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { type Corpus, readCorpora } from './fault.ts'
import { type Found, news } from './finding.ts'
import { type Court, judge, judgePage, type Verdict } from './judge.ts'
import { readOptions } from './options.ts'
import { document, oneLine } from './report.ts'
import { type Bench, judgeByRival, openBench, RIVALS } from './rivals.ts'
import { changed, type Rank, rank, type Scored } from './score.ts'

const ROOT = join(import.meta.dirname, '../../..')
const options = readOptions(process.argv.slice(2), readCorpora())
if (options.kind === 'refused') leave(COMMANDS.faults, options)
const opened = await openToolchain(ROOT, 'host')
if (opened.kind === 'unavailable') leave(COMMANDS.faults, opened)
const { toolchain } = opened
const folder = join(ROOT, 'target/faults', toolchain.id)
const lock = await readFile(join(ROOT, 'Cargo.lock'), 'utf8')
const temporary = await mkdtemp(join(tmpdir(), 'cookbook-faults-'))
const court: Court = { root: ROOT, temporary, audit: { toolchain, folder, lock } }

const scores: Scored[] = []
const alarms: Record<string, Found[]> = { ours: [], ...Object.fromEntries(RIVALS.map((name) => [name, []])) }
try {
  for (const corpus of options.corpora) scores.push(...(await judgeCorpus(corpus)))
} finally {
  court.checkout?.[Symbol.dispose]()
  await rm(temporary, { recursive: true, force: true })
}
const reported = document(scores, alarms)
if (options.write) await writeFile(join(ROOT, 'docs/faults.md'), reported)
else console.log(reported)
const bad = scores.filter(({ ours }) => ours === 'missed' || ours === 'elsewhere').length
process.exitCode = bad + alarms.ours!.length === 0 ? 0 : 1

async function judgeCorpus({ page, faults }: Corpus): Promise<Scored[]> {
  const text = await readFile(join(ROOT, page), 'utf8')
  const clean = await judgePage(court, page, text)
  // What is left out of a good guide is no fault of it.
  alarms.ours!.push(...clean.found.filter(({ code }) => !code.startsWith('help: ')))
  const bench = await openBench(toolchain, join(temporary, 'rivals'), join(folder, 'seed'))
  for (const rival of RIVALS)
    for (const block of clean.pages.flatMap(({ blocks }) => blocks))
      alarms[rival]!.push(...(await judgeByRival(rival, bench, block)).slice(0, 1))
  const scored: Scored[] = []
  for (const fault of faults) {
    const verdict = await judge(court, page, text, fault, clean.found)
    const { found, file, line, pages } = verdict
    const ours = rank(
      found.filter(({ code }) => code.startsWith(fault.code)),
      file,
      line,
      pages,
    )
    const rivals: Record<string, Rank> = {}
    for (const rival of RIVALS) rivals[rival] = await rankOf(rival, bench, clean.pages, verdict)
    const score = { page, fault, line, ours, rivals, said: found }
    console.error(oneLine(score))
    scored.push(score)
  }
  return scored
}

async function rankOf(
  rival: (typeof RIVALS)[number],
  bench: Bench,
  before: Verdict['pages'],
  { file, line, pages }: Verdict,
): Promise<Rank> {
  const said: Found[] = []
  for (const { from, to } of changed(before, pages)) {
    const known = from === null ? [] : await judgeByRival(rival, bench, { ...from, line: to.line })
    said.push(...news(known, await judgeByRival(rival, bench, to)))
  }
  return rank(said, file, line, pages)
}
