import type { Problem } from '../diagnostic/problem.ts'
import type { Assembled } from '../project/assembled.ts'
import type { Spot } from '../project/where.ts'
import type { Piece } from '../snippet/piece.ts'
import { names } from '../snippet/says.ts'
import { type Aside, setAside } from './aside.ts'
import { consequence, isGenerated, itemNames, keyOf } from './follow.ts'
import { missingNames } from './remedy.ts'

/** A problem at the guide's own line. */
export type Fault = { problem: Problem; spot: Spot }

/** What is known to be wrong with the pieces of a stage, and what was taken out for it. */
export type Blame = {
  /** The first fault of each piece that has one. */
  faults: Map<Piece, Fault>
  /** Why a piece cannot stand by itself, though nothing is known to be wrong with it. */
  fragments: Map<Piece, string>
  /** Why a piece was not tried, though it could be elsewhere. */
  untried: Map<Piece, string>
  /** The names that were taken out. */
  gone: Set<string>
  /** The problems that nothing can be done about, and that stay. */
  settled: Set<string>
  asides: Map<string, readonly Aside[]>
}

export const noBlame = (): Blame => ({
  faults: new Map(),
  fragments: new Map(),
  untried: new Map(),
  gone: new Set(),
  settled: new Set(),
  asides: new Map(),
})

const UNPARSED =
  /^(?:expected|unexpected|mismatched|this file contains|unknown start|unterminated|prefix|missing)/

/** Whether a piece is statements that a function was put around. */
export function isWrapped({ helps }: Assembled, piece: Piece): boolean {
  return helps.some(({ help, pieces }) => help.kind === 'wrapper' && pieces.includes(piece))
}

/**
 * The pieces of which nothing is wrong but that they use several names that the guide shows nowhere, none of them
 * like one that it does show: each is a part of something longer.
 */
export function excerptsAmong(faults: readonly Fault[]): ReadonlySet<Piece> {
  const groups = Map.groupBy(faults, ({ spot }) => spot.piece)
  const isExcerpt = (group: readonly Fault[]) => {
    const strange = group.map(({ problem }) =>
      problem.tool === 'rustc' && !likeAnother(problem) ? missingNames(problem).at(-1) : undefined,
    )
    return strange.every((name) => name !== undefined) && new Set(strange).size > 1
  }
  return new Set([...groups].flatMap(([piece, group]) => (isExcerpt(group) ? [piece] : [])))
}

const likeAnother = ({ notes }: Problem): boolean =>
  notes.some((note) => /similar name|similarly named/.test(note))

/** Notes who is to blame for a problem that no help mends, and takes what holds it out of the package. */
export function blame(
  assembled: Assembled,
  known: Blame,
  { problem, spot }: Fault,
  excerpts: ReadonlySet<Piece>,
): void {
  const { faults, fragments, gone, settled, asides } = known
  const { piece } = spot
  const cause = consequence(problem, gone)
  const unknown = missingNames(problem)
  const alone = isWrapped(assembled, piece) || piece.promise === 'refused' || excerpts.has(piece)
  if (cause !== null) fragments.set(piece, `it uses \`${cause}\`, whose own block fails`)
  else if (alone && unknown.length > 0)
    fragments.set(piece, `it uses \`${unknown.at(-1)}\`, which the guide does not show`)
  else if (!faults.has(piece)) faults.set(piece, { problem, spot })
  const key = `${piece.number}:${piece.lines.indexOf(spot.code)}`
  const before = asides.get(key) ?? []
  // What is generated is not there to be taken out, and what is out cannot be taken out again.
  if (isGenerated(problem) || before.includes('piece')) {
    settled.add(keyOf(problem))
    return
  }
  const unparsed = problem.tool === 'rustc' && problem.code === null && UNPARSED.test(problem.message)
  const how = setAside(assembled, spot, unparsed ? ['body', 'item'] : before)
  asides.set(key, [...before, how])
  if (how !== 'body') for (const name of how === 'piece' ? names(piece) : itemNames(spot)) gone.add(name)
}
