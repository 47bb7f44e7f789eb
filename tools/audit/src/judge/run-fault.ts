import { columnAt } from '@cookbook/guide'
import { type Assembled, textOf } from '../project/assembled.ts'
import { type Spot, spotOf } from '../project/where.ts'
import type { Piece } from '../snippet/piece.ts'
import { hasMain } from '../snippet/says.ts'
import type { Trouble } from '../verdict.ts'
import type { Tried } from './try.ts'

const DETAIL_LINES = 20

/** The page's own line and column of a place in a file of the package. */
export function placeOf({ code, column }: Spot) {
  return {
    file: code.at.file,
    line: code.at.line,
    column: code.at.column + columnAt(code.text, column - 1) - 1,
  }
}

/** A program that reads its arguments may end badly without any. */
function wantsArguments({ files }: Assembled): boolean {
  const texts = [...files].filter(([path]) => /\.(?:rs|cc|cpp)$/.test(path)).map(([, lines]) => textOf(lines))
  return texts.some((text) => /\benv::args\b|\bmain\s*\(\s*int\b/.test(text))
}

/**
 * What a program's bad end says of a piece: of the line that panicked, else of the one with `main`. Where the guide has
 * shown these before, and the program ended well, it is what is new.
 */
export function runFault(piece: Piece, { ran, assembled, compiled, subjects }: Tried): Trouble | null {
  if (ran === null || ran.good || ran.outcome.kind === 'timed-out') return null
  // Arguments that it was not given do not make a sandbox stop a program.
  if (ran.outcome.kind !== 'stopped' && wantsArguments(assembled)) return null
  const said = ran.outcome.stderr.trimEnd().split('\n')
  // A sanitizer says at first what it is about, and ends with a legend.
  const report = said.findIndex((line) => /\b(?:Address|Leak)Sanitizer: |: runtime error: /.test(line))
  const lines = report < 0 ? said.slice(-DETAIL_LINES) : said.slice(report, report + DETAIL_LINES)
  if (ran.blamed !== null) {
    const { path, line, column, message } = ran.blamed
    const spot = spotOf(assembled, {
      tool: 'run',
      path,
      line,
      column,
      code: null,
      message,
      detail: [],
      notes: [],
      suggestions: [],
    })
    if (spot !== null && subjects.includes(spot.piece))
      return spot.piece === piece ? { ...placeOf(spot), message, detail: lines } : null
  }
  const pieces = [...assembled.files.values()].flatMap((file) => file.flatMap(({ piece }) => piece ?? []))
  // Undefined behaviour that the guide advises against ends as it likes.
  const advisedAgainst = ({ promise, path }: Piece) => promise === 'bad' && compiled.has(path!)
  if (ran.outcome.kind === 'signaled' && pieces.some(advisedAgainst)) return null
  const mains = pieces.filter(
    (other) => hasMain(other) && other.path !== 'build.rs' && !ran.others.includes(other.path!),
  )
  if ((mains.find((main) => subjects.includes(main)) ?? subjects[0]) !== piece) return null
  const row = piece.lines.findIndex(({ text }) => /\bmain\s*\(/.test(text))
  const code = piece.lines[Math.max(0, row)]!
  return { ...code.at, message: ran.blamed?.message ?? `its program ${ran.ending}`, detail: lines }
}

/** That a program ends well whose fence says that it panics. */
export function endFault(piece: Piece, { ran, assembled }: Tried): Trouble | null {
  if (!piece.shouldPanic || !hasMain(piece) || ran === null || !ran.good || ran.outcome.kind !== 'exited')
    return null
  if (ran.outcome.code !== 0 || wantsArguments(assembled)) return null
  return {
    ...piece.lines[0]!.at,
    message: 'its program ends well, though its fence says `should_panic`',
    detail: [],
  }
}
