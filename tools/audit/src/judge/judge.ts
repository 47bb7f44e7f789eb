import { columnAt } from '@cookbook/guide'
import type { Block } from '../document/block.ts'
import { type Assembled, textOf } from '../project/assembled.ts'
import { type Spot, spotOf } from '../project/where.ts'
import type { Fault } from '../repair/blame.ts'
import type { Piece } from '../snippet/piece.ts'
import { hasMain } from '../snippet/says.ts'
import type { BlockVerdict, GroupReport, Trouble, Verdict } from '../verdict.ts'
import { helpsByPiece } from './helps.ts'
import { commentFault } from './output.ts'
import type { Tried } from './try.ts'

/** The verdict of one piece; a block of several takes the worst. */
export type PieceVerdict = Pick<BlockVerdict, 'verdict' | 'reason' | 'help' | 'error' | 'asTold' | 'path'>

const DETAIL_LINES = 20
const UNWATCHED = '; with sanitizers it does not build, so they have not seen it'
const NAMES = { rust: 'Rust', cpp: 'C++', toml: 'TOML', cmake: 'CMake' }

export function judge(piece: Piece, block: Block, tried: Tried): PieceVerdict {
  const helps = helpsByPiece(tried)
  const base = { path: piece.path, help: helps.of.get(piece) ?? [], error: null, asTold: false }
  const fault = tried.faults.get(piece)
  const say = (verdict: Verdict, reason: string, more: Partial<PieceVerdict> = {}): PieceVerdict => ({
    ...base,
    verdict,
    reason,
    ...more,
  })
  if (piece.misnamed !== null) {
    const message = `fence: this is ${NAMES[piece.language]}, and its fence says ${NAMES[piece.misnamed]}`
    return say('fails', message, { error: { ...piece.lines[0]!.at, message, detail: [] } })
  }
  if (fault !== undefined) {
    const error = troubleOf(fault)
    if (fault.expected)
      return say('fails', `as the guide says: ${error.message}`, { error, asTold: true, help: [] })
    if (piece.promise === 'refused') {
      const message = `${error.message}; the guide says another error: ${piece.errors.slice(0, 3).join(', ')}`
      return say('fails', message, { error: { ...error, message } })
    }
    if (piece.ignored)
      return say(
        'fragment',
        `its fence says that it is not tested, and by itself it fails: ${error.message}`,
        { help: [] },
      )
    if (piece.elided)
      return say('fragment', `it leaves something out, and so cannot be tried: ${error.message}`, {
        help: [],
      })
    return say('fails', error.message, { error })
  }
  const untried = tried.untried.get(piece)
  if (untried !== undefined) return say('untried', untried, { help: [] })
  if (piece.language === 'toml' && piece.elided && /^\s*\[package\]/m.test(piece.text))
    return say('fragment', 'it leaves something of the manifest out', { help: [] })
  const fragment = tried.fragments.get(piece)
  if (fragment !== undefined) return say('fragment', fragment, { help: [] })
  // Whoever is at fault fails already, and this block may be good.
  const blamed = [...tried.faults.keys()].some(isBlamed)
  const [problem] = tried.unplaced
  const missing = !tried.compiled.has(piece.path!)
  if (missing || (problem !== undefined && !blamed)) {
    const why = problem === undefined ? 'its file does not build' : `${problem.tool}: ${problem.message}`
    const follows = problem === undefined && blamed
    return say(follows ? 'fragment' : 'untried', `it could not be tried: ${why}`, { help: [] })
  }
  if (piece.promise === 'refused') {
    const message = 'it compiles, though the guide says that it does not'
    return say('fails', message, { error: { ...at(block), message, detail: [] } })
  }
  const ran =
    runFault(piece, tried) ??
    endFault(piece, tried) ??
    (tried.ran === null ? null : commentFault(piece, tried.ran))
  if (ran !== null) return say('fails', ran.message, { error: ran })
  const helped = base.help.length > 0
  if (helped) return say('builds with help', base.help.map(({ text }) => text).join('; '))
  const program = tried.ran
  // What runs only with what other blocks leave out does not run as the page gives it.
  const others = helps.program.has(piece) ? [...helps.program] : []
  const lacking = others.some((other) => (helps.of.get(other)?.length ?? 0) > 0)
  if (lacking) return say('builds', 'it builds as it is; its program needs help that other blocks leave out')
  if (piece.language === 'cmake' && !program?.command.startsWith('cmake '))
    return say('builds', 'cmake configures and builds it as it is')
  const isPart = tried.inProgram?.has(piece.path!) ?? !program?.others.includes(piece.path!)
  if (program?.good && !isPart && piece.path !== 'build.rs')
    return say('builds', 'it builds as it is; it is no part of the program that was run')
  if (program?.good)
    return say('runs', `it builds as it is, and its program runs${program.unwatched ? UNWATCHED : ''}`)
  const bad = piece.promise === 'bad' ? ', though the guide advises against it' : ''
  if (program !== null) return say('builds', `it builds as it is; its program ${program.ending}`)
  return say('builds', `it builds as it is${bad}`)
}

const isBlamed = ({ promise, elided }: Piece): boolean => promise !== 'refused' && !elided

const at = ({ file, line, column }: Block) => ({ file, line, column })

/** A fault at the guide's own line and column. */
export function troubleOf({ problem, spot }: Fault): Trouble {
  const code = problem.code === null ? '' : `[${problem.code}]`
  return {
    ...placeOf(spot),
    message: `${problem.tool}${code}: ${problem.message}`,
    detail: problem.detail.slice(0, DETAIL_LINES),
  }
}

function placeOf({ code, column }: Spot) {
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
function runFault(piece: Piece, { ran, assembled, compiled, subjects }: Tried): Trouble | null {
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
function endFault(piece: Piece, { ran, assembled }: Tried): Trouble | null {
  if (!piece.shouldPanic || !hasMain(piece) || ran === null || !ran.good || ran.outcome.kind !== 'exited')
    return null
  if (ran.outcome.code !== 0 || wantsArguments(assembled)) return null
  return {
    ...piece.lines[0]!.at,
    message: 'its program ends well, though its fence says `should_panic`',
    detail: [],
  }
}

export function reportOf(name: string, tried: Tried, durationMs: number, kept: string | null): GroupReport {
  const { ran } = tried
  const run =
    ran === null
      ? null
      : {
          command: ran.command,
          ending: ran.ending,
          stdout: ran.outcome.stdout,
          stderr: ran.outcome.stderr,
          steady: ran.steady,
          durationMs: ran.outcome.durationMs,
        }
  return { name, run, cached: false, durationMs, kept }
}
