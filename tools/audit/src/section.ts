import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Toolchain } from '@cookbook/toolchain'
import { recall, remember, type Section, sectionKey } from './cache/section-cache.ts'
import { closeRoom, openRoom, toolchainIn } from './crates/room.ts'
import type { Block } from './document/block.ts'
import { type Given, givenTo, NOTHING_GIVEN } from './given/given.ts'
import { judge, reportOf } from './judge/judge.ts'
import { reconsider } from './judge/reconsider.ts'
import { spoiled } from './judge/spoiled.ts'
import { type Tried, trySnapshot } from './judge/try.ts'
import type { Snapshot } from './placement/snapshot.ts'
import type { Snippet } from './snippet/snippet.ts'

export type Options = {
  toolchain: Toolchain
  /** Absolute; everything that is written, is written below it. */
  folder: string
  /** The text of the Cargo.lock whose versions a guide gets that asks for no newer ones. */
  lock: string
  /** Where projects are kept. */
  keep: string | null
  /** Whether what an earlier audit found of the same text may stand for this one's. */
  cache: boolean
  /** Whether a section's program is run under sanitizers as well. */
  sanitize?: boolean
  /** What its C++ is built with, beside what it shows. */
  given?: Given
  /** Whether the guide is kept from this machine, and its sections from each other; one that is trusted is not. */
  isolated?: boolean
  /** Hears what is tried now. */
  progress?: (text: string) => void
  /** When it is aborted, what runs is ended, nothing more is tried or remembered, and the audit rejects. */
  signal?: AbortSignal | undefined
}

/** Tries one snapshot, or recalls what came of it. `place` is a name that no other snapshot has. */
export async function auditStage(
  snapshot: Snapshot,
  name: string,
  place: string,
  blocks: readonly Block[],
  {
    toolchain: bare,
    folder,
    lock,
    keep,
    cache,
    sanitize = false,
    isolated = true,
    given = NOTHING_GIVEN,
    signal,
  }: Options,
): Promise<Section> {
  const started = performance.now()
  const toolchain = givenTo(bare, given)
  const key = sectionKey(snapshot, blocks, `${toolchain.id}${sanitize ? '-sanitized' : ''}`, lock)
  const known = cache && keep === null ? recall(folder, key, snapshot, blocks) : null
  if (known !== null)
    return { ...known, report: { ...known.report, name, durationMs: performance.now() - started } }
  const room = await openRoom(folder, 'groups')
  // A build script of a crate runs again where the variables are others (cc names CPATH).
  const workshop = { toolchain, folder, lock, isolated }
  const sanitizedTarget = join(isolated ? room.work : folder, 'sanitized')
  const places = { room, dir: room.dir, target: join(room.work, 'target'), sanitizedTarget }
  const own = { ...toolchainIn(room, toolchain), lockAtHand: null }
  const bench = { workshop, isolated, sanitize, given, ...places, ...own }
  let corrupted = false
  let tried = await trySnapshot(bench, snapshot).catch((error) => {
    corrupted = true
    return spoiled(snapshot, error)
  })
  let others = 0
  const tryOther = (smaller: Snapshot) =>
    trySnapshot({ ...bench, lockAtHand: null, target: join(room.work, `target-${++others}`) }, smaller)
  let decided: ReadonlyMap<Snippet, Tried> = corrupted
    ? sameFor(snapshot, tried)
    : await reconsider(snapshot, tried, tryOther).catch((error) =>
        sameFor(snapshot, spoiled(snapshot, error)),
      )
  const kept = keep === null ? null : join(keep, keptName(place, name))
  if (kept !== null) await keepPackage(room.input, kept)
  await closeRoom(room).catch((error) => {
    tried = spoiled(snapshot, error)
    decided = sameFor(snapshot, tried)
  })
  const verdicts = snapshot.subjects.map((snippet) =>
    judge(snippet, blocks[snippet.block]!, decided.get(snippet)!),
  )
  const shown = [tried, ...decided.values()].find(({ ran }) => ran !== null) ?? tried
  const section = { report: reportOf(name, shown, performance.now() - started, kept), verdicts }
  if (cache && !signal?.aborted) await remember(folder, key, snapshot, blocks, section)
  return section
}

const sameFor = (snapshot: Snapshot, tried: Tried) =>
  new Map(snapshot.subjects.map((snippet) => [snippet, tried]))

/** A folder's name that is made, not taken: no other snapshot has it, and it leads nowhere. */
function keptName(place: string, section: string): string {
  const words = section
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return [place, ...words.split('-').filter((word) => word !== '')].join('-')
}

/** Only what the audit itself put together, and nothing that a program wrote. */
async function keepPackage(input: string, kept: string): Promise<void> {
  await rm(kept, { recursive: true, force: true })
  await mkdir(kept, { recursive: true })
  await cp(input, kept, { recursive: true })
}

/** The names of snapshots: the innermost heading that all subjects stand under, else their first one's own. */
export function sectionNames(snapshots: readonly Snapshot[], blocks: readonly Block[]): string[] {
  const taken = new Map<string, number>()
  return snapshots.map(({ subjects }) => {
    const paths = subjects.map(({ block }) => blocks[block]!.headings)
    const [first = []] = paths
    const shared = first.filter((heading, at) => paths.every((path) => path[at]?.line === heading.line))
    const page = subjects[0]?.page ?? 'guide'
    const common = shared.at(-1)?.text ?? first[0]?.text ?? page
    const own = first.at(-1)?.text ?? page
    const name = taken.has(common) && !taken.has(own) ? own : common
    let count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    if (count === 1) return name
    // A heading of the page itself may end so.
    while (taken.has(`${name} (${count})`)) count++
    taken.set(`${name} (${count})`, 1)
    return `${name} (${count})`
  })
}
