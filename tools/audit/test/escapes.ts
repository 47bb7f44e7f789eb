import { globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowedCrates, audit, openSandbox, readGuide } from '../src/index.ts'
import { watchOutside } from './outside.ts'

const ROOT = join(import.meta.dirname, '../../..')
const PAGES = join(import.meta.dirname, '../fixtures/escapes')
const MIB = 1024 * 1024
/** Small, so that reaching them takes no time. */
const LIMITS = { memoryBytes: 768 * MIB, diskBytes: 512 * MIB, files: 20_000, timeMs: 30_000 }

/** A page that tries to get out, beside an honest section; what it expects to be reported stands in its first lines. */
export type Escape = { name: string; expected: RegExp; printed: RegExp | null; short: boolean }

export const ESCAPES: readonly Escape[] = globSync('*.md', { cwd: PAGES })
  .sort()
  .map((file) => {
    const text = readFileSync(join(PAGES, file), 'utf8')
    const reported = (key: string) => new RegExp(`^<!-- ${key}: (.*) -->$`, 'm').exec(text)?.[1]
    const printed = reported('printed')
    return {
      name: file.replace(/\.md$/, ''),
      expected: new RegExp(reported('expected')!, 'm'),
      printed: printed === undefined ? null : new RegExp(printed),
      short: text.includes('<!-- short -->'),
    }
  })

export type Reported = { verdicts: string; printed: string; honest: string }
export type Tried = { reported: ReadonlyMap<string, Reported>; harm: readonly string[] }

/** Audits the pages in one work folder, and tells what became of all that lies outside of it. */
export async function auditEscapes(
  choice: 'bubblewrap' | 'docker',
  escapes: readonly Escape[],
): Promise<Tried> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'cookbook-escapes-')))
  const work = join(folder, 'work')
  await mkdir(work)
  const allowed = allowedCrates([])
  const opened = await openSandbox({ root: ROOT, workFolder: work, choice, allowed, limits: LIMITS })
  if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.fix}`)
  const outside = await watchOutside(folder, work, ROOT)
  try {
    const read = await readGuide(
      escapes.map(({ name }) => join(PAGES, `${name}.md`)),
      folder,
    )
    const { blocks, groups } = await audit(read.pages, read.troubles, {
      toolchain: opened.toolchain,
      folder: opened.folder,
      lock: await readFile(join(ROOT, 'Cargo.lock'), 'utf8'),
      keep: join(folder, 'keep/packages'),
      cache: false,
    })
    const pages = Map.groupBy(blocks, ({ file }) => file.replace(/^.*\/(.*)\.md$/, '$1'))
    const reported = [...pages].map(([name, all]): [string, Reported] => {
      const ran = (group: string | null) => groups.find((one) => one.name === group)?.run?.stdout ?? ''
      const honest = all.at(-1)!
      const hostile = all.filter(({ group }) => group !== honest.group)
      const verdicts = hostile.map(({ verdict, reason }) => `${verdict}: ${reason}`).join('\n')
      const printed = [...new Set(hostile.map(({ group }) => group))].map(ran).join('')
      return [name, { verdicts, printed, honest: `${honest.verdict}: ${ran(honest.group)}` }]
    })
    return { reported: new Map(reported), harm: await outside.harm() }
  } finally {
    outside.close()
    await rm(folder, { recursive: true, force: true })
  }
}
