import type { Problem } from '../diagnostic/problem.ts'
import type { Assembled } from '../project/assembled.ts'
import { type Spot, spotOf } from '../project/where.ts'
import type { Piece } from '../snippet/piece.ts'
import { names } from '../snippet/says.ts'
import { beyondReach, withheldCrate } from './beyond.ts'
import { isExpected } from './expected.ts'
import { consequence, isGenerated, itemNames, keyOf } from './follow.ts'
import { type Stubbed, stubOut } from './stub-out.ts'
import { leftToReader } from './unknown.ts'

/** A problem at the guide's own line. */
export type Fault = {
  problem: Problem
  spot: Spot
  /** Whether the page itself says that it comes. */
  expected?: boolean
}

/** What is known to be wrong with the pieces of a stage, and what was taken out for it. */
export type Blame = {
  /** The first fault of each piece that has one. */
  faults: Map<Piece, Fault>
  /** Why a piece cannot stand by itself, though nothing is known to be wrong with it. */
  fragments: Map<Piece, string>
  /** Why a piece was not tried, though it could be elsewhere. */
  untried: Map<Piece, string>
  /** The crates that may not be had here, by the name that code calls them, and why. */
  withheld: Map<string, string>
  /** The names that were taken out. */
  gone: Set<string>
  /** The problems that nothing can be done about, and that stay. */
  settled: Set<string>
  stubbed: Map<string, readonly Stubbed[]>
}

export const noBlame = (): Blame => ({
  faults: new Map(),
  fragments: new Map(),
  untried: new Map(),
  withheld: new Map(),
  gone: new Set(),
  settled: new Set(),
  stubbed: new Map(),
})

const UNPARSED =
  /^(?:expected|unexpected|mismatched|this file contains|unknown start|unterminated|prefix|missing)/

/** Whether a piece is statements that a function was put around. */
export function isWrapped({ helps }: Assembled, piece: Piece): boolean {
  return helps.some(({ help, pieces }) => help.kind === 'wrapper' && pieces.includes(piece))
}

const UNSHOWN = /^it uses (.*), which the guide does not show$/

/** That names are used which nobody shows: those that were known before, and one more. */
function unshown(before: string | undefined, name: string): string {
  const known = UNSHOWN.exec(before ?? '')?.[1]?.split(', ') ?? []
  const all = [...new Set([...known, `\`${name}\``])]
  return `it uses ${all.slice(0, SHOWN_NAMES).join(', ')}, which the guide does not show`
}

const SHOWN_NAMES = 10

/** Notes who is to blame for a problem that no help fixes, and takes what holds it out of the package. */
export function blame(assembled: Assembled, known: Blame, { problem, spot }: Fault): void {
  const { faults, fragments, untried, withheld, gone, settled, stubbed } = known
  const { piece } = spot
  if (problem.unfinished) {
    for (const { piece } of assembled.files.get(problem.path) ?? [])
      if (piece !== null && !untried.has(piece)) untried.set(piece, `${problem.tool}: ${problem.message}`)
    settled.add(keyOf(problem))
    return
  }
  const cause = consequence(problem, gone)
  const row = piece.lines.indexOf(spot.code)
  const expected = isExpected(piece, problem, row)
  const named = piece.promise === 'refused' && piece.errors.length > 0
  const unknown =
    named || (expected && piece.promise !== 'refused') ? null : leftToReader(assembled, problem, spot)
  const noted = faults.get(piece)
  const beyond = piece.promise === 'refused' ? null : beyondReach(assembled, problem, spot)
  const crate = withheldCrate(problem)
  if (crate !== undefined && beyond !== null) withheld.set(crate.replaceAll('-', '_'), beyond)
  const root = unknown === null ? undefined : /\w+/.exec(unknown)?.[0]
  // What is taken out of a build script panics: that is no word about the page.
  const own =
    problem.message.includes('not yet implemented') &&
    [...stubbed.keys()].some((key) => key.startsWith(`${piece.number}:`))
  if (own) {
    settled.add(keyOf(problem))
    return
  }
  if (beyond !== null) untried.set(piece, untried.get(piece) ?? beyond)
  else if (root !== undefined && withheld.has(root)) untried.set(piece, withheld.get(root)!)
  else if (untried.has(piece)) {
    // What follows from what is not there is no word about the page.
  } else if (cause !== null)
    fragments.set(piece, fragments.get(piece) ?? `it uses \`${cause}\`, whose own block fails`)
  else if (unknown !== null) fragments.set(piece, unshown(fragments.get(piece), unknown))
  else if (
    noted === undefined ||
    (noted.expected && !expected && piece.promise !== 'refused') ||
    (expected && named)
  )
    faults.set(piece, { problem, spot, expected })
  const key = `${piece.number}:${row}`
  const before = stubbed.get(key) ?? []
  // What is generated is not there to be taken out, and what is out cannot be taken out again.
  if (isGenerated(problem) || before.includes('piece')) {
    settled.add(keyOf(problem))
    return
  }
  const unparsed = problem.tool === 'rustc' && problem.code === null && UNPARSED.test(problem.message)
  const how = stubOut(assembled, spot, unparsed ? ['body', 'item'] : before)
  stubbed.set(key, [...before, how])
  if (how !== 'body') for (const name of how === 'piece' ? names(piece) : itemNames(spot)) gone.add(name)
}

/** Charges the shown files that had to be changed with that they fail as they stand. */
export function chargeEdits(assembled: Assembled, known: Blame): void {
  for (const { path, line, message, fix } of assembled.edits) {
    const rest = { code: null, detail: [], notes: [], suggestions: [] }
    const words = `${message}; as it stands it fails, and needs \`${fix}\``
    const problem: Problem = { tool: 'cargo', path, line, column: 1, message: words, ...rest }
    const spot = spotOf(assembled, problem)
    if (spot !== null && !known.faults.has(spot.piece)) known.faults.set(spot.piece, { problem, spot })
  }
}
