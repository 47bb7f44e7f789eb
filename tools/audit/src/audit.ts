import { availableParallelism } from 'node:os'
import type { Command, Toolchain } from '@cookbook/toolchain'
import { lintsOf } from './cache/lint-cache.ts'
import { Spoiled } from './crates/spoiled.ts'
import type { Block, Page } from './document/block.ts'
import type { SnippetVerdict } from './judge/judge.ts'
import { checkOutput, outputShown } from './judge/output.ts'
import { checkTree } from './judge/tree-check.ts'
import { assignPaths } from './placement/assign-paths.ts'
import { withoutGenerated } from './placement/generated.ts'
import { type Snapshot, snapshotsOf } from './placement/snapshot.ts'
import { auditStage, type Options, sectionNames } from './section.ts'
import { type Read, readBlocks, type Snippet } from './snippet/snippet.ts'
import type { Audit, BlockVerdict, GroupReport, PageDiagnostic, Seen, Verdict } from './verdict.ts'

const WORST: readonly Verdict[] = [
  'fails',
  'untried',
  'fragment',
  'builds with help',
  'builds',
  'runs',
  'not code',
]

type Found = { verdict: SnippetVerdict; group: string }

/** Tries all that the pages show, and says what a reader gets. Rejects when `options.signal` is aborted. */
export async function audit(
  pages: readonly Page[],
  troubles: readonly PageDiagnostic[],
  given: Options,
): Promise<Audit> {
  const options = { ...given, toolchain: abortable(given.toolchain, given.signal) }
  const started = performance.now()
  const blocks = pages.flatMap((page) => page.blocks)
  const shown = pages.filter((page) => page.blocks.every(({ role }) => role !== 'library'))
  options.progress?.(`looking for lints in ${shown.length} pages`)
  const lints = await lintsOf(shown, options.folder, options.cache)
  const whole = await tryBlocks(blocks, options, 'all', () => true)
  const seen = await trySeen(blocks, options)
  return {
    toolchain: options.toolchain.id,
    blocks: blocks.flatMap((block, index) =>
      block.role === 'library'
        ? []
        : [
            {
              ...blockVerdict(block, whole.reads[index]!, whole.found.get(index) ?? [], whole.snippets),
              ...outputVerdict(blocks, index, whole),
              asSeen: seen.get(index) ?? null,
            },
          ],
    ),
    groups: whole.groups,
    lints,
    troubles,
    durationMs: performance.now() - started,
  }
}

/** A toolchain whose commands end with the signal, and with them the section: its room is closed as of one that is spoiled. */
function abortable(toolchain: Toolchain, signal: AbortSignal | undefined): Toolchain {
  if (signal === undefined) return toolchain
  const check = () => {
    if (signal.aborted) throw new Spoiled('the audit was ended')
  }
  const run = async (command: Command) => {
    check()
    const outcome = await toolchain.run({ ...command, signal })
    check()
    return outcome
  }
  return { ...toolchain, run }
}

type Tried = {
  reads: readonly Read[]
  snippets: readonly Snippet[]
  found: ReadonlyMap<number, readonly Found[]>
  groups: readonly GroupReport[]
}

/** Tries the snapshots of which `wanted` says so; `place` tells their folders from those of another call. */
async function tryBlocks(
  blocks: readonly Block[],
  options: Options,
  place: string,
  wanted: (snapshot: Snapshot) => boolean,
): Promise<Tried> {
  const reads = withoutGenerated(readBlocks(blocks), blocks)
  const all = reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : []))
  const files = [...Map.groupBy(all, ({ page }) => page).values()].map(assignPaths)
  const snapshots = files.flatMap(snapshotsOf).filter(wanted)
  const names = sectionNames(snapshots, blocks)
  const found = new Map<number, Found[]>()
  const groups: GroupReport[] = []
  let next = 0
  const worker = async () => {
    while (next < snapshots.length && !options.signal?.aborted) {
      const at = next++
      const snapshot = snapshots[at]!
      const group = names[at]!
      options.progress?.(`trying section ${at + 1} of ${snapshots.length}: ${group}`)
      const { report, verdicts } = await auditStage(snapshot, group, `${place}-${at}`, blocks, options)
      groups[at] = report
      for (const [index, { block }] of snapshot.subjects.entries())
        found.set(block, [...(found.get(block) ?? []), { verdict: verdicts[index]!, group }])
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), snapshots.length) }, worker))
  options.signal?.throwIfAborted()
  return { reads, snippets: files.flat(), found, groups }
}

/** What a reader gets who sees the page: the blocks that hide lines, tried once more without them. */
async function trySeen(blocks: readonly Block[], options: Options): Promise<Map<number, Seen>> {
  const hiding = new Set(
    blocks.flatMap(({ lines, role }, index) =>
      // What rustdoc hides it hides for good.
      role === undefined && lines.some(({ hidden }) => hidden) ? [index] : [],
    ),
  )
  if (hiding.size === 0) return new Map()
  const bare = blocks.map((block) => ({ ...block, lines: block.lines.filter(({ hidden }) => !hidden) }))
  const touched = (snapshot: Snapshot) => snapshot.subjects.some(({ block }) => hiding.has(block))
  const { found } = await tryBlocks(bare, { ...options, keep: null }, 'seen', touched)
  return new Map(
    [...hiding].map((index) => {
      const worst = worstOf(found.get(index) ?? [])
      const { verdict, reason, help } = worst?.verdict ?? {
        verdict: 'not code' as const,
        reason: 'all of it is hidden',
        help: [],
      }
      return [index, { verdict, reason, help }]
    }),
  )
}

/** Of output that the guide shows: whether the program prints it that the reader has at this point. */
function outputVerdict(blocks: readonly Block[], index: number, { reads, found, groups }: Tried) {
  const block = blocks[index]!
  if (reads[index]!.kind !== 'not code' || block.leftOut !== undefined) return null
  const before = blocks[index - 1]
  for (let at = index - 1; at >= 0; at--) {
    const other = blocks[at]!
    // Of another section it may be the output of anything.
    if (other.file !== block.file || other.headings.at(-1)?.line !== block.headings.at(-1)?.line) return null
    const group = groups.find(({ name }) => name === found.get(at)?.at(-1)?.group)
    if (group === undefined) continue
    if (group.run === null) return null
    const shown = outputShown(block, before?.file === block.file ? before : null, group.run)
    if (shown === null || shown.length === 0) return null
    const verdict = checkOutput(block, shown, group.run)
    return verdict === null ? null : { ...verdict, group: group.name }
  }
  return null
}

function worstOf(found: readonly Found[]): Found | undefined {
  return found.toSorted((a, b) => WORST.indexOf(a.verdict.verdict) - WORST.indexOf(b.verdict.verdict))[0]
}

function blockVerdict(
  block: Block,
  read: Read,
  found: readonly Found[],
  snippets: readonly Snippet[],
): BlockVerdict {
  const { file, line, lang } = block
  const base = {
    file,
    line,
    lang,
    group: null,
    path: null,
    help: [],
    error: null,
    asTold: false,
    asSeen: null,
  }
  if (read.kind === 'tree') return { ...base, ...checkTree(block, read.tree, snippets) }
  if (read.kind !== 'snippets') return { ...base, verdict: read.kind, reason: read.reason }
  const worst = worstOf(found)
  if (worst === undefined)
    return { ...base, verdict: 'fragment', reason: 'it belongs to nothing that can be tried' }
  return { ...base, ...worst.verdict, group: worst.group, help: found.flatMap(({ verdict }) => verdict.help) }
}
