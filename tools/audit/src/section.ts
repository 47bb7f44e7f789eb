import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Toolchain } from '@cookbook/toolchain'
import type { Block } from './block.ts'
import { judge, reportOf } from './judge.ts'
import { recall, remember, type Section, sectionKey } from './section-cache.ts'
import { spoiled } from './spoiled.ts'
import type { Stage } from './stage.ts'
import { tryStage } from './try.ts'

export type Options = {
  toolchain: Toolchain
  /** Absolute; everything that is written, is written below it. */
  folder: string
  /** The text of the Cargo.lock whose versions a guide gets that asks for no newer ones. */
  lock: string
  /** Where assembled packages are kept. */
  keep: string | null
  /** Whether what an earlier audit found of the same text may stand for this one's. */
  cache: boolean
  /** Whether a section's program is run under sanitizers as well. */
  sanitize?: boolean
  /** Whether sections keep from each other what they build; a guide that is not trusted could falsify it. */
  isolated?: boolean
  progress?: (words: string) => void
}

/** Tries one stage, or recalls what came of it. `place` is a folder's name that no other stage has. */
export async function auditStage(
  stage: Stage,
  name: string,
  place: string,
  blocks: readonly Block[],
  { toolchain, folder, lock, keep, cache, sanitize = false, isolated = false }: Options,
): Promise<Section> {
  const started = performance.now()
  const key = sectionKey(stage, blocks, `${toolchain.id}${sanitize ? '-sanitized' : ''}`, lock)
  const known = cache && keep === null ? recall(folder, key, stage, blocks) : null
  if (known !== null)
    return { ...known, report: { ...known.report, name, durationMs: performance.now() - started } }
  const home = join(folder, 'groups', `${process.pid}-${place}`)
  await rm(home, { recursive: true, force: true })
  const target = join(home, 'target')
  const sanitizedTarget = join(isolated ? home : folder, 'sanitized')
  const workshop = { toolchain, folder, lock, isolated }
  const bench = { ...workshop, dir: join(home, 'package'), target, sanitizedTarget, sanitize }
  await mkdir(bench.dir, { recursive: true })
  const tried = await tryStage(bench, stage).catch((error) => spoiled(stage, error))
  const verdicts = stage.subjects.map((piece) => judge(piece, blocks[piece.block]!, tried))
  const kept = keep === null ? null : join(keep, name.replace(/[^\w.-]+/g, '-'))
  if (kept !== null) await cp(bench.dir, kept, { recursive: true })
  await rm(home, { recursive: true, force: true })
  const section = { report: reportOf(name, tried, performance.now() - started, kept), verdicts }
  if (cache) await remember(folder, key, stage, blocks, section)
  return section
}

/** The names of stages: the innermost heading that all subjects stand under, else their first one's own. */
export function sectionNames(stages: readonly Stage[], blocks: readonly Block[]): string[] {
  const taken = new Map<string, number>()
  return stages.map(({ subjects }) => {
    const paths = subjects.map(({ block }) => blocks[block]!.headings)
    const [first = []] = paths
    const shared = first.filter((heading, at) => paths.every((path) => path[at]?.line === heading.line))
    const page = subjects[0]?.page ?? 'guide'
    const common = shared.at(-1)?.text ?? first[0]?.text ?? page
    const own = first.at(-1)?.text ?? page
    const name = taken.has(common) && !taken.has(own) ? own : common
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
