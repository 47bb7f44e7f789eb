import { closure, connected, needsAmong } from '../placement/related.ts'
import type { Piece } from '../snippet/piece.ts'
import { hasMain } from '../snippet/says.ts'
import type { Help } from '../verdict.ts'
import type { Tried } from './try.ts'

/** Helps that change the project, and not the one file that they were needed in. */
const OF_THE_PROJECT: Record<Help['kind'], boolean> = {
  header: false,
  dependency: true,
  feature: true,
  // Who includes the file needs it, and whoever includes that.
  'include path': false,
  main: false,
  import: false,
  standard: true,
  edition: true,
  manifest: true,
  'build script': true,
  'bridge include': true,
  'shared type': true,
  module: true,
  wrapper: false,
  stub: true,
}

/** The helps of each piece of a stage: its own, and those of the project that it does not build without. */
export function helpsByPiece({ assembled, pieces }: Tried): {
  of: ReadonlyMap<Piece, readonly Help[]>
  program: ReadonlySet<Piece>
} {
  const needs = needsAmong(pieces)
  const mains = pieces.filter((piece) => hasMain(piece) && piece.path !== 'build.rs')
  const program = closure(mains, needs)
  const of = new Map<Piece, Help[]>()
  const give = (piece: Piece, help: Help) => {
    const known = of.get(piece) ?? []
    if (!known.some(({ text, file }) => text === help.text && file === help.file))
      of.set(piece, [...known, help])
  }
  const closures = new Map(pieces.map((piece) => [piece, closure([piece], needs)]))
  for (const { help, pieces: users } of assembled.helps) {
    for (const user of users) give(user, help)
    if (!OF_THE_PROJECT[help.kind]) continue
    for (const user of users) {
      const bridged = help.kind === 'build script' || /\bcxx(?:-build)? = /.test(help.text)
      const near = bridged ? connected(user, needs) : new Set<Piece>()
      for (const piece of pieces) {
        if (!['rust', 'cpp'].includes(piece.language) || piece.path === 'build.rs') continue
        const shares = program.has(user) && program.has(piece)
        if (shares || closures.get(piece)!.has(user) || (near.has(piece) && !hasMain(piece)))
          give(piece, help)
      }
    }
  }
  return { of, program }
}
