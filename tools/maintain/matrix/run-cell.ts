import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evidenceFiles } from '@cookbook/cli/verify/evidence-files'
import { readRun } from '@cookbook/cli/verify/read-run'
import { type Listener, runTurbo } from '@cookbook/cli/verify/turbo'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { showFinding } from '@cookbook/guide'
import type { ChapterResult, RunResult } from '@cookbook/report'
import { type Cell, environmentOf } from './cells.ts'
import type { CellResult, ChapterInCell } from './results.ts'
import { chapterLacks, reach } from './why-not.ts'

type Options = {
  root: string
  slugs: readonly string[]
  /** ISO, of today. */
  date: string
  /** Keep what was built, for a look at what failed. */
  keep: boolean
  listener: Listener
}

/** What became of a cell, and the chapters of which turbo replayed what an earlier run saw. */
export type CellRun = { result: CellResult; cached: readonly string[] }

/** Verifies the chapters in one cell. What it built is deleted; the evidence that lay there lies there again. */
export async function runCell(cell: Cell, { root, slugs, date, keep, listener }: Options): Promise<CellRun> {
  const reached = await reach(root, cell)
  if (reached.kind === 'cannot') return { result: reached, cached: [] }
  const chapters: Record<string, ChapterInCell> = {}
  for (const slug of slugs) {
    const why = await chapterLacks(root, slug, cell)
    if (why !== null) chapters[slug] = { kind: 'cannot', why }
  }
  const able = slugs.filter((slug) => !(slug in chapters))
  const reasons = new Set(Object.values(chapters).map((chapter) => 'why' in chapter && chapter.why))
  if (able.length === 0) {
    const why = `of every chapter: ${[...reasons].join('; ')}`
    return { result: { kind: 'cannot', why }, cached: [] }
  }

  const restore = await setAside(root, able)
  const cached: string[] = []
  try {
    const filters = able.map((slug) => `--filter=${slug}`)
    const env = { ...process.env, ...environmentOf(cell) }
    const before = await evidenceFiles(root)
    const turbo = await runTurbo(root, ['verify', '--continue=always', ...filters], listener, env)
    const run = await readRun(root, turbo, 0, before)
    for (const result of run.chapters) {
      if (result.cached) cached.push(result.slug)
      chapters[result.slug] = judge(result, run, { date, tools: reached.tools })
    }
    const unreached = able.filter((slug) => !(slug in chapters))
    if (unreached.length > 0)
      throw new Error(`turbo did not reach ${unreached.join()}: ${turbo.words.join('; ')}`)
    if (!keep) await rm(join(root, 'target', toolchainOf(run)), { recursive: true, force: true })
  } finally {
    await restore()
  }
  return { result: { kind: 'ran', chapters }, cached }
}

function judge(
  { slug, evidence }: ChapterResult,
  run: RunResult,
  by: { date: string; tools: string },
): ChapterInCell {
  const checks = evidence?.checks ?? []
  const passed = checks.filter(({ result }) => result === 'passed').length
  const own = evidence?.findings ?? run.findings.filter(({ file }) => file.startsWith(`patterns/${slug}/`))
  const errors = own.filter(({ severity }) => severity === 'error')
  if (evidence === null || errors.length > 0) {
    const failed = checks.filter(({ result }) => result === 'failed').length
    return { kind: 'failed', ...by, passed, failed, findings: errors.map(showFinding).join('\n') }
  }
  const reasons = checks.filter(({ result }) => result === 'skipped').map(({ reason }) => reason!)
  const skipped = Object.groupBy(reasons, (reason) => reason)
  const counted = Object.entries(skipped).map(([reason, all]) => [reason, all!.length] as const)
  return { kind: 'passed', ...by, digest: evidence.digest, passed, skipped: Object.fromEntries(counted) }
}

/** Where a run built everything: the folder that the toolchain's id names. */
function toolchainOf({ chapters }: RunResult): string {
  const id = chapters.find(({ evidence }) => evidence !== null)?.evidence?.toolchain.id
  return id ?? 'nothing'
}

/** Deletes the third-party crates that were built for a cell. */
export async function forgetCrates(root: string, cell: Cell): Promise<void> {
  const reached = await reach(root, cell)
  if (reached.kind === 'open') await rm(join(root, 'target', reached.seeds), { recursive: true, force: true })
}

/** Keeps the evidence of the ordinary verification; answers what puts it back. */
async function setAside(root: string, slugs: readonly string[]): Promise<() => Promise<void>> {
  const paths = slugs.map((slug) => join(root, 'patterns', slug, EVIDENCE_FILE))
  const texts = await Promise.all(paths.map((path) => readFile(path).catch(() => null)))
  return async () => {
    await Promise.all(
      paths.map((path, index) => (texts[index] ? writeFile(path, texts[index]) : rm(path, { force: true }))),
    )
  }
}
