import { tests } from '../build/tests.ts'
import { conflict } from '../placement/conflict.ts'
import { closure, type Needs, needsAmong } from '../placement/related.ts'
import type { Stage } from '../placement/stage.ts'
import type { Piece } from '../snippet/piece.ts'
import { hasMain } from '../snippet/says.ts'
import type { Tried } from './try.ts'

/** How many smaller stages of one are tried, so that none is charged with what another brings. */
const TRIES = 24

/**
 * Who is to blame for what went wrong with a stage: each piece that is not good is tried once more with nothing but what
 * it needs. A piece that is good so is good; and a later one, with which it no longer is, is charged with that. Gives
 * by piece what came of the stage that decides its verdict.
 */
export async function reconsider(
  stage: Stage,
  tried: Tried,
  tryOther: (stage: Stage) => Promise<Tried>,
): Promise<ReadonlyMap<Piece, Tried>> {
  const decided = new Map(stage.subjects.map((piece) => [piece, tried]))
  if (
    stage.subjects.length + stage.reserve.length < 2 ||
    stage.subjects.every((piece) => isGood(piece, tried))
  )
    return decided
  // What had to be stopped once is not started again and again.
  if (wasStopped(tried)) return decided
  const all = [...stage.pieces, ...stage.reserve].sort((a, b) => a.number - b.number)
  const needs = needsAmong(all)
  const known = new Map<string, Tried>([[keyOf(tried.pieces), tried]])
  let left = TRIES
  const tryWith = async (subjects: readonly Piece[], pieces: ReadonlySet<Piece>): Promise<Tried | null> => {
    const inside = [...pieces].sort((a, b) => a.number - b.number)
    const before = known.get(keyOf(inside))
    if (before !== undefined) return before
    if (left-- <= 0) return null
    const reserve = all.filter((piece) => !pieces.has(piece))
    const found = await tryOther({ subjects, pieces: inside, reserve })
    known.set(keyOf(inside), found)
    return found
  }
  const alone = (piece: Piece) => nearest(piece, stage, needs)

  const cleared: Piece[] = []
  for (const piece of stage.subjects) {
    if (isGood(piece, tried)) continue
    const needed = alone(piece)
    if (isOwnMatter(piece, tried) && [...needed].every((other) => stage.pieces.includes(other))) continue
    let own = await tryWith([piece], needed)
    // What is good by itself is not made bad by what a page shows beside it.
    const bare = new Set([piece, ...[...needed].filter(({ language }) => language === 'toml')])
    if (tried.faults.has(piece) && (own === null || !isGood(piece, own)) && bare.size < needed.size) {
      const single = await tryWith([piece], bare)
      // With what it was given from elsewhere it is no longer by itself.
      if (single?.pieces.every((one) => bare.has(one)) && isGood(piece, single)) own = single
    }
    if (own === null || own === tried) continue
    // What is good only because another is charged with it, is not.
    const good = isGood(piece, own) && [...own.faults.keys()].every((other) => tried.faults.has(other))
    if (good || own.faults.has(piece) || !tried.faults.has(piece)) decided.set(piece, own)
    if (good && tried.faults.has(piece)) cleared.push(piece)
  }
  for (const piece of cleared)
    for (const later of stage.subjects) {
      const pieces = alone(later)
      if (later.number <= piece.number || !pieces.has(piece)) continue
      const both = await tryWith([later], pieces)
      const fault = both?.faults.get(piece)
      if (!both || fault === undefined || both.faults.has(later)) continue
      decided.set(later, { ...both, faults: new Map([...both.faults, [later, fault]]) })
    }
  // Each program is run that is good, whatever stands beside it.
  const mains = stage.subjects.filter((piece) => isStarted(piece) && piece.path !== 'build.rs')
  const isOfCmake = stage.subjects.some(({ language }) => language === 'cmake')
  for (const main of isOfCmake ? [] : mains) {
    if (!isGood(main, decided.get(main)!) || wasStarted(main, decided.get(main)!)) continue
    const pieces = alone(main)
    const program = await tryWith(
      stage.subjects.filter((piece) => pieces.has(piece)),
      pieces,
    )
    if (program === null || !wasStarted(main, program)) continue
    for (const piece of pieces)
      if (decided.has(piece) && isGood(piece, program) && isGood(piece, decided.get(piece)!))
        decided.set(piece, program)
  }
  return decided
}

const isStarted = (piece: Piece): boolean => hasMain(piece) || tests(piece).length > 0

const wasStarted = (piece: Piece, { ran, tested }: Tried): boolean =>
  hasMain(piece) ? ran !== null : tested.length > 0

const keyOf = (pieces: readonly Piece[]): string =>
  [...pieces]
    .map(({ number }) => number)
    .sort((a, b) => a - b)
    .join()

/** A piece and what it needs: of several versions of a file, what its own stage holds. */
function nearest(piece: Piece, stage: Stage, needs: Needs): Set<Piece> {
  const here = new Set(stage.pieces)
  const own = closure(
    [piece],
    limited(needs, (other) => here.has(other)),
  )
  const allowed = (other: Piece) =>
    other.promise !== 'refused' && (here.has(other) || ![...own].some((one) => conflict(one, other)))
  return closure([piece], limited(needs, allowed))
}

const limited = (needs: Needs, allowed: (piece: Piece) => boolean): Needs =>
  new Map([...needs].map(([piece, others]) => [piece, new Set([...others].filter(allowed))]))

/** Whether what is wrong with a piece stays so, whatever stands beside it: to try it once more tells nothing. */
function isOwnMatter(piece: Piece, { faults, fragments }: Tried): boolean {
  if (faults.has(piece)) return piece.elided || piece.ignored || piece.misnamed !== null
  return fragments.get(piece)?.endsWith('which the guide does not show') ?? false
}

/** Whether nothing is wrong with a piece, and a compiler came to it. */
function isGood(piece: Piece, { faults, fragments, untried, compiled, unplaced }: Tried): boolean {
  return (
    !faults.has(piece) &&
    !fragments.has(piece) &&
    !untried.has(piece) &&
    unplaced.length === 0 &&
    compiled.has(piece.path!)
  )
}

/** Whether a build script, or whatever a compiler ran, did not end by itself. */
const wasStopped = ({ faults, unplaced, ran }: Tried): boolean =>
  ran?.outcome.kind === 'sandbox-limit' ||
  [...unplaced, ...[...faults.values()].map(({ problem }) => problem)].some(
    ({ tool, message }) => tool === 'cargo' && /^cargo (?:did not end|was|printed)/.test(message),
  )
