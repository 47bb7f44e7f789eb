import { cp, mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Toolchain } from '@cookbook/toolchain'
import type { Block, Page } from './block.ts'
import { judge, type PieceVerdict, reportOf } from './judge.ts'
import { type Piece, type Read, readBlock } from './piece.ts'
import { placePieces } from './place.ts'
import { type Stage, stagesOf } from './stage.ts'
import { checkTree } from './tree-check.ts'
import { tryStage } from './try.ts'
import type { Audit, BlockVerdict, GroupReport, Trouble, Verdict } from './verdict.ts'

export type Options = {
  toolchain: Toolchain
  /** Absolute; everything that is written, is written below it. */
  folder: string
  /** The text of the Cargo.lock whose versions a guide gets that asks for no newer ones. */
  lock: string
  /** Where assembled packages are kept. */
  keep: string | null
  progress?: (words: string) => void
}

const WORST: readonly Verdict[] = ['fails', 'fragment', 'builds with help', 'builds', 'runs', 'not code']

/** Tries all that the pages show, and says what a reader gets. */
export async function audit(
  pages: readonly Page[],
  troubles: readonly Trouble[],
  options: Options,
): Promise<Audit> {
  const started = performance.now()
  const blocks = pages.flatMap((page) => page.blocks)
  const reads = blocks.map((block, index) => {
    const next = blocks[index + 1]
    return readBlock(block, index, next?.file === block.file ? next : null)
  })
  const pieces = pages.flatMap((page) =>
    placePieces(
      reads
        .flatMap((read) => (read.kind === 'pieces' ? read.pieces : []))
        .filter((piece) => piece.page === page.file),
    ),
  )
  const stages = pages.flatMap((page) => stagesOf(pieces.filter((piece) => piece.page === page.file)))
  const verdicts = new Map<number, { verdict: PieceVerdict; group: string }[]>()
  const groups: GroupReport[] = []
  const named = stages.map((stage) => nameOf(stage, blocks))
  let next = 0
  const worker = async () => {
    while (next < stages.length) {
      const at = next++
      const stage = stages[at]!
      const name = unique(named, at)
      options.progress?.(`${name} (${at + 1} of ${stages.length})`)
      const { report, found } = await auditStage(stage, name, at, blocks, options)
      groups[at] = report
      for (const [piece, verdict] of found)
        verdicts.set(piece.block, [...(verdicts.get(piece.block) ?? []), { verdict, group: name }])
    }
  }
  await Promise.all(
    Array.from({ length: Math.max(1, Math.min(availableParallelism(), stages.length)) }, worker),
  )
  return {
    toolchain: options.toolchain.id,
    blocks: blocks.map((block, index) =>
      blockVerdict(block, reads[index]!, verdicts.get(index) ?? [], pieces),
    ),
    groups,
    lints: [],
    troubles,
    durationMs: performance.now() - started,
  }
}

async function auditStage(
  stage: Stage,
  name: string,
  index: number,
  blocks: readonly Block[],
  options: Options,
) {
  const started = performance.now()
  const home = join(options.folder, 'groups', String(index))
  await rm(home, { recursive: true, force: true })
  await mkdir(join(home, 'package'), { recursive: true })
  const bench = {
    toolchain: options.toolchain,
    folder: options.folder,
    lock: options.lock,
    dir: join(home, 'package'),
    target: join(home, 'target'),
  }
  const tried = await tryStage(bench, stage)
  const found = stage.subjects.map((piece) => [piece, judge(piece, blocks[piece.block]!, tried)] as const)
  let kept: string | null = null
  if (options.keep !== null) {
    kept = join(options.keep, name.replace(/[^\w.-]+/g, '-'))
    await cp(bench.dir, kept, { recursive: true })
  }
  await rm(join(home, 'target'), { recursive: true, force: true })
  return { report: reportOf(name, tried, performance.now() - started, kept), found }
}

/** A stage goes by the innermost heading that all its subjects stand under. */
function nameOf({ subjects }: Stage, blocks: readonly Block[]): string {
  const paths = subjects.map(({ block }) => blocks[block]!.headings)
  const [first = []] = paths
  const shared = first.filter((heading, at) => paths.every((path) => path[at]?.line === heading.line))
  return (shared.at(-1) ?? first[0])?.text ?? subjects[0]?.page ?? 'guide'
}

function unique(names: readonly string[], at: number): string {
  const same = names.slice(0, at).filter((name) => name === names[at]).length
  return same === 0 ? names[at]! : `${names[at]} (${same + 1})`
}

function blockVerdict(
  block: Block,
  read: Read,
  found: readonly { verdict: PieceVerdict; group: string }[],
  pieces: readonly Piece[],
): BlockVerdict {
  const base = {
    file: block.file,
    line: block.line,
    lang: block.lang,
    group: null,
    path: null,
    help: [],
    error: null,
    asTold: false,
  }
  if (read.kind === 'tree') return { ...base, ...checkTree(block, read.tree, pieces) }
  if (read.kind === 'not code') return { ...base, verdict: 'not code', reason: read.reason }
  const worst = found.toSorted(
    (a, b) => WORST.indexOf(a.verdict.verdict) - WORST.indexOf(b.verdict.verdict),
  )[0]
  if (worst === undefined)
    return { ...base, verdict: 'fragment', reason: 'it belongs to nothing that can be tried' }
  return { ...base, ...worst.verdict, group: worst.group, help: found.flatMap(({ verdict }) => verdict.help) }
}
