import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Page, readGuide } from '@cookbook/audit'
import type { Toolchain } from '@cookbook/toolchain'
import { type Checkout, openCheckout } from '../checkout/checkout.ts'
import { type Fault, lineOf, planted } from './fault.ts'
import { type Found, news } from './finding.ts'
import { judgeByAudit } from './judge-audit.ts'
import { judgeByCheck } from './judge-check.ts'
import { judgeByRunner } from './judge-runner.ts'

/** Where faults are judged: the repository, a folder to write in, and how the audit is called. */
export type Court = {
  root: string
  temporary: string
  audit: { toolchain: Toolchain; folder: string; lock: string } | null
  /** Where runners build, once for all faults; opened by the first. */
  checkout?: Checkout
}

/** What is said of a page. */
export type Judged = { found: readonly Found[]; pages: readonly Page[] }

/** The same, with the line at which a fault has to be found. */
export type Verdict = Judged & { file: string; line: number }

/** What the audit says of a page. One of our own it reads as another guide's: its fences say the language alone. */
export async function judgePage({ temporary, audit }: Court, page: string, text: string): Promise<Judged> {
  const cwd = join(temporary, 'guide')
  const path = join(cwd, page)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text.replace(/^([ \t>]*`{3,}\w+)[ \t][^\n]*$/gm, '$1'))
  if (audit !== null) return judgeByAudit([page], cwd, audit)
  const { pages } = await readGuide([page], cwd)
  return { found: [], pages }
}

/** Plants a fault and lets its judge look for it. `text` and `clean` are of the page without it. */
export async function judge(
  court: Court,
  page: string,
  text: string,
  fault: Fault,
  clean: readonly Found[],
): Promise<Verdict> {
  const after = fault.edits.filter(({ file }) => file === undefined).reduce(planted, text)
  if (fault.by === 'audit') {
    const { found, pages } = await judgePage(court, page, after)
    return { found: news(clean, found), pages, file: page, line: lineOf(after, fault) }
  }
  const { pages } = await judgePage({ ...court, audit: null }, page, after)
  const file = fault.of === undefined ? page : `${dirname(page)}/${fault.of}`
  const look = async (root: string, find: (dir: string) => Promise<Found[]> | Found[]): Promise<Verdict> => {
    const dir = join(root, dirname(page))
    const before = new Map<string, string>()
    for (const { file = basename(page), ...change } of fault.edits) {
      const path = join(dir, file)
      const text = await readFile(path, 'utf8')
      if (!before.has(path)) before.set(path, text)
      await writeFile(path, planted(text, change))
    }
    const line = lineOf(await readFile(join(root, file), 'utf8'), fault)
    const found = await find(dir)
    for (const [path, text] of before) await writeFile(path, text)
    return { found, pages, file, line }
  }
  if (fault.by === 'check') {
    const root = join(court.temporary, 'check')
    await cp(join(court.root, dirname(page)), join(root, dirname(page)), { recursive: true })
    const verdict = await look(root, (dir) => judgeByCheck(root, dir))
    await rm(root, { recursive: true })
    return verdict
  }
  court.checkout ??= openCheckout()
  return await look(court.checkout.root, judgeByRunner)
}
