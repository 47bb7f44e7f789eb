import { tests } from '../build/tests.ts'
import { conflict } from '../placement/conflict.ts'
import { closure, type Needs, needsAmong } from '../placement/related.ts'
import type { Snapshot } from '../placement/snapshot.ts'
import { hasMain } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Tried } from './try.ts'

/** How many smaller snapshots of one are tried at least, so that none is charged with what another brings. */
const TRIES = 24

/**
 * Who is to blame for what went wrong with a snapshot: each snippet that is not good is tried once more with nothing but what
 * it needs. A snippet that is good so is good; and a later one, with which it no longer is, is charged with that. Gives
 * by snippet what came of the snapshot that decides its verdict.
 */
export async function reconsider(
  snapshot: Snapshot,
  tried: Tried,
  tryOther: (snapshot: Snapshot) => Promise<Tried>,
): Promise<ReadonlyMap<Snippet, Tried>> {
  const decided = new Map(snapshot.subjects.map((snippet) => [snippet, tried]))
  if (
    snapshot.subjects.length + snapshot.reserve.length < 2 ||
    snapshot.subjects.every((snippet) => isGood(snippet, tried))
  )
    return decided
  // What had to be stopped once is not started again and again.
  if (wasStopped(tried)) return decided
  const all = [...snapshot.snippets, ...snapshot.reserve].sort((a, b) => a.number - b.number)
  const needs = needsAmong(all)
  const known = new Map<string, Tried>([[keyOf(tried.snippets), tried]])
  let left = Math.max(TRIES, snapshot.subjects.length)
  const tryWith = async (
    subjects: readonly Snippet[],
    snippets: ReadonlySet<Snippet>,
  ): Promise<Tried | null> => {
    const inside = [...snippets].sort((a, b) => a.number - b.number)
    const before = known.get(keyOf(inside))
    if (before !== undefined) return before
    if (left-- <= 0) return null
    const reserve = all.filter((snippet) => !snippets.has(snippet))
    const found = await tryOther({ subjects, snippets: inside, reserve })
    known.set(keyOf(inside), found)
    return found
  }
  const alone = (snippet: Snippet) => nearest(snippet, snapshot, needs)

  const cleared: Snippet[] = []
  for (const snippet of snapshot.subjects) {
    if (isGood(snippet, tried)) continue
    const needed = alone(snippet)
    if (isOwnMatter(snippet, tried) && [...needed].every((other) => snapshot.snippets.includes(other)))
      continue
    let own = await tryWith([snippet], needed)
    // What is good by itself is not made bad by what a page shows beside it.
    const bare = new Set([snippet, ...[...needed].filter(({ language }) => language === 'toml')])
    if (tried.faults.has(snippet) && (own === null || !isGood(snippet, own)) && bare.size < needed.size) {
      const single = await tryWith([snippet], bare)
      // With what it was given from elsewhere it is no longer by itself.
      if (single?.snippets.every((one) => bare.has(one)) && isGood(snippet, single)) own = single
    }
    if (own === null || own === tried) continue
    // What is good only because another is charged with it, is not.
    const good = isGood(snippet, own) && [...own.faults.keys()].every((other) => tried.faults.has(other))
    if (good || own.faults.has(snippet) || !tried.faults.has(snippet)) decided.set(snippet, own)
    if (good && tried.faults.has(snippet)) cleared.push(snippet)
  }
  for (const snippet of cleared)
    for (const later of snapshot.subjects) {
      const snippets = alone(later)
      if (later.number <= snippet.number || !snippets.has(snippet)) continue
      const both = await tryWith([later], snippets)
      const fault = both?.faults.get(snippet)
      if (!both || fault === undefined || both.faults.has(later)) continue
      decided.set(later, { ...both, faults: new Map([...both.faults, [later, fault]]) })
    }
  // Each program is run that is good, whatever stands beside it.
  const mains = snapshot.subjects.filter((snippet) => isStarted(snippet) && snippet.path !== 'build.rs')
  const isOfCmake = snapshot.subjects.some(({ language }) => language === 'cmake')
  for (const main of isOfCmake ? [] : mains) {
    if (!isGood(main, decided.get(main)!) || wasStarted(main, decided.get(main)!)) continue
    const snippets = alone(main)
    const program = await tryWith(
      snapshot.subjects.filter((snippet) => snippets.has(snippet)),
      snippets,
    )
    if (program === null || !wasStarted(main, program)) continue
    for (const snippet of snippets)
      if (decided.has(snippet) && isGood(snippet, program) && isGood(snippet, decided.get(snippet)!))
        decided.set(snippet, program)
  }
  return decided
}

const isStarted = (snippet: Snippet): boolean => hasMain(snippet) || tests(snippet).length > 0

const wasStarted = (snippet: Snippet, { ran, tested }: Tried): boolean =>
  hasMain(snippet) ? ran !== null : tested.length > 0

const keyOf = (snippets: readonly Snippet[]): string =>
  [...snippets]
    .map(({ number }) => number)
    .sort((a, b) => a - b)
    .join()

/** A snippet and what it needs: of several versions of a file, what its own snapshot holds. */
function nearest(snippet: Snippet, snapshot: Snapshot, needs: Needs): Set<Snippet> {
  const here = new Set(snapshot.snippets)
  const own = closure(
    [snippet],
    limited(needs, (other) => here.has(other)),
  )
  const allowed = (other: Snippet) =>
    other.expectation !== 'must fail' && (here.has(other) || ![...own].some((one) => conflict(one, other)))
  return closure([snippet], limited(needs, allowed))
}

const limited = (needs: Needs, allowed: (snippet: Snippet) => boolean): Needs =>
  new Map([...needs].map(([snippet, others]) => [snippet, new Set([...others].filter(allowed))]))

/** Whether what is wrong with a snippet stays so, whatever stands beside it: to try it once more tells nothing. */
function isOwnMatter(snippet: Snippet, { faults, fragments }: Tried): boolean {
  if (faults.has(snippet)) return snippet.elided || snippet.ignored || snippet.misnamed !== null
  return fragments.get(snippet)?.endsWith('which the guide does not show') ?? false
}

/** Whether nothing is wrong with a snippet, and a compiler came to it. */
function isGood(snippet: Snippet, { faults, fragments, untried, compiled, unplaced }: Tried): boolean {
  return (
    !faults.has(snippet) &&
    !fragments.has(snippet) &&
    !untried.has(snippet) &&
    unplaced.length === 0 &&
    compiled.has(snippet.path!)
  )
}

/** Whether a build script, or whatever a compiler ran, did not end by itself. */
const wasStopped = ({ faults, unplaced, ran }: Tried): boolean =>
  ran?.outcome.kind === 'sandbox-limit' ||
  [...unplaced, ...[...faults.values()].map(({ problem }) => problem)].some(
    ({ tool, message }) => tool === 'cargo' && /^cargo (?:did not end|was|printed)/.test(message),
  )
