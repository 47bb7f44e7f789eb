import { buildApart } from './apart.ts'
import { type Aside, setAside } from './aside.ts'
import { assemble } from './assemble.ts'
import type { Assembled } from './assembled.ts'
import { type Bench, buildTogether, type Compiled, writePackage } from './compile.ts'
import { cxxRemedies, missingDefinitions, standardOf } from './help-cxx.ts'
import { type Case, missingNames, nameModule, rustRemedies } from './help-rust.ts'
import { isHeader } from './path.ts'
import type { Piece } from './piece.ts'
import type { Problem } from './problem.ts'
import { type Ran, runProgram } from './run.ts'
import { names } from './says.ts'
import type { Stage } from './stage.ts'
import { type Spot, spotOf } from './where.ts'

/** A problem at the guide's own line. */
export type Fault = { problem: Problem; spot: Spot }

/** What came of a stage. */
export type Tried = {
  assembled: Assembled
  /** The first fault of each piece that has one. */
  faults: ReadonlyMap<Piece, Fault>
  /** Why a piece could not be tried, though nothing is known to be wrong with it. */
  untried: ReadonlyMap<Piece, string>
  compiled: ReadonlySet<string>
  /** What no line of the guide is to blame for. */
  unplaced: readonly Problem[]
  ran: Ran | null
}

/** How often a package is mended and compiled again. */
const ROUNDS = 16

export async function tryStage(bench: Bench, stage: Stage): Promise<Tried> {
  const assembled = assemble(stage)
  const present = new Set(stage.pieces)
  const faults = new Map<Piece, Fault>()
  const untried = new Map<Piece, string>()
  const asides = new Map<string, Aside[]>()
  const gone = new Set<string>()
  const isCrate = assembled.files.has('Cargo.toml')
  const refused = stage.subjects.length === 1 && stage.subjects[0]!.promise === 'refused'
  let mode: 'together' | 'apart' = isCrate && !refused ? 'together' : 'apart'
  let result: Compiled = { problems: [], files: new Set(), program: null }
  let compiled = new Set<string>()
  let unplaced: Problem[] = []
  let whole = false
  const settled = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    await writePackage(bench, assembled)
    result = await (mode === 'together'
      ? buildTogether(bench, assembled)
      : buildApart(bench, assembled, standardOf(assembled)))
    if (mode === 'together' && result.problems.length > 0 && !onlyLast(result.problems)) {
      const apart = await buildApart(bench, assembled, standardOf(assembled))
      if (apart.problems.length > 0) {
        const said = result.problems.filter(({ tool }) => tool === 'cargo')
        result = { ...apart, problems: [...apart.problems, ...said] }
      }
    }
    if (result.problems.every((problem) => settled.has(keyOf(problem)))) {
      compiled = new Set([...compiled, ...result.files])
      if (mode === 'apart' && isCrate && !refused && settled.size === 0) {
        mode = 'together'
        continue
      }
      if (mode === 'together' && nameUnread(assembled, result.files)) continue
      whole = mode === 'together' && result.problems.length === 0
      break
    }
    if (process.env.TRACE)
      for (const p of result.problems)
        console.error('TRACE', round, mode, p.tool, p.path, p.line, p.code, p.message.slice(0, 120), p.unit)
    const cases = rootsOf(result.problems.filter((problem) => !settled.has(keyOf(problem)))).map((group) =>
      group.map(
        (problem): Case => ({
          assembled,
          reserve: stage.reserve,
          present,
          problem,
          spot: spotOf(assembled, problem),
        }),
      ),
    )
    let helped = false
    const stuck: Case[] = []
    for (const group of cases)
      for (const at of group) {
        const mended =
          consequence(at, gone) === null && [...rustRemedies, ...cxxRemedies].some((remedy) => remedy(at))
        if (mended) helped = true
        else {
          // What a compiler says after this may follow from it.
          stuck.push(at)
          break
        }
      }
    if (helped) {
      mode = 'apart'
      continue
    }
    const linked = stuck.filter(({ problem }) => problem.tool === 'linker')
    if (linked.length > 0 && linked.every(({ problem }) => missingDefinitions(assembled, problem))) {
      const apart = await buildApart(bench, assembled, standardOf(assembled))
      compiled = new Set([...compiled, ...apart.files, 'Cargo.toml', 'build.rs'])
      break
    }
    compiled = new Set([...compiled, ...result.files])
    unplaced = stuck.filter(({ spot }) => spot === null).map(({ problem }) => problem)
    const placed = stuck
      .filter(({ spot }) => spot !== null)
      .toSorted((a, b) => a.spot!.code.at.line - b.spot!.code.at.line)
    if (placed.length === 0) break
    for (const { problem, spot } of placed) blame({ problem, spot: spot! })
    mode = 'apart'
    if (refused && faults.has(stage.subjects[0]!)) break
  }
  const unread = [...assembled.files.keys()].filter(
    (path) => !compiled.has(path) && /\.(?:cc|cpp|cxx|h|hpp|hh|rs)$/.test(path),
  )
  if (whole && unread.some((path) => path !== 'build.rs')) {
    const apart = await buildApart(bench, assembled, standardOf(assembled))
    for (const path of apart.files) compiled.add(path)
    for (const problem of apart.problems) {
      const spot = spotOf(assembled, problem)
      if (spot !== null && unread.includes(problem.path) && !faults.has(spot.piece))
        faults.set(spot.piece, { problem, spot })
    }
  }
  // Statements that nothing calls take nothing from the program when they are taken out.
  const sound = [...faults.keys(), ...untried.keys()].every(isWrapped)
  const ran = whole && sound && result.program !== null ? await runProgram(bench, result.program) : null
  return { assembled, faults, untried, compiled, unplaced, ran }

  function isWrapped(piece: Piece): boolean {
    return assembled.helps.some(({ help, pieces }) => help.kind === 'wrapper' && pieces.includes(piece))
  }

  function blame(fault: Fault): void {
    const { problem, spot } = fault
    const { piece } = spot
    const cause = consequence({ problem }, gone)
    const unknown = missingNames(problem)
    if (cause !== null) untried.set(piece, `it uses \`${cause}\`, whose own block fails`)
    else if (isWrapped(piece) && unknown.length > 0)
      untried.set(piece, `it uses \`${unknown.at(-1)}\`, which the guide does not show`)
    else if (!faults.has(piece)) faults.set(piece, fault)
    if (process.env.TRACE) console.error('BLAME', problem.message.slice(0, 80), spot.code.at.line, cause)
    // What is generated is not there to be taken out, and what is out cannot be taken out again.
    if (isGenerated(problem)) {
      settled.add(keyOf(problem))
      return
    }
    const key = `${piece.number}:${piece.lines.indexOf(spot.code)}`
    const before = asides.get(key) ?? []
    if (before.includes('piece')) {
      settled.add(keyOf(problem))
      return
    }
    const unparsed =
      problem.tool === 'rustc' &&
      problem.code === null &&
      /^(?:expected|unexpected|mismatched|this file contains|unknown start|unterminated|prefix|missing)/.test(
        problem.message,
      )
    const how = setAside(assembled, spot, unparsed ? ['body', 'item'] : before)
    asides.set(key, [...before, how])
    if (how !== 'body') for (const name of how === 'piece' ? names(piece) : itemNames(spot)) gone.add(name)
  }
}

const keyOf = ({ tool, path, message }: Problem): string => `${tool} ${path} ${message}`

const isGenerated = ({ path, unit = '' }: Problem): boolean =>
  /\/cxxbridge\/(?:sources|include)\//.test(`${path} ${unit}`)

/** cargo tells of the linker and of itself only when the compilers are content. */
function onlyLast(problems: readonly Problem[]): boolean {
  return problems.every(({ tool }) => tool === 'linker')
}

/** The name that a problem is about, when it was taken out with something else that fails. */
function consequence({ problem }: Pick<Case, 'problem'>, gone: ReadonlySet<string>): string | null {
  if (gone.size > 0 && /\.rs\.h: No such file/.test(problem.message)) return 'the bridge'
  const said = [...problem.message.matchAll(/[`'‘]([\w:]+)(?:\([^`'’]*\))?['’`]/g)].flatMap(([, path]) =>
    path!.split('::'),
  )
  return said.find((name) => gone.has(name)) ?? null
}

/**
 * The problems that do not follow from others, as far as the tools' order tells: each group in the order in which
 * its tool came upon them. What is wrong in headers is told again by all that include them, and what is wrong in the
 * guide's C++ by what is generated for the bridge.
 */
function rootsOf(problems: readonly Problem[]): Problem[][] {
  const of = (tool: Problem['tool']) => problems.filter((problem) => problem.tool === tool)
  const cxx = of('C++')
  const headers = cxx.filter(({ path, unit = path }) => isHeader(unit) && isHeader(path))
  const own = cxx.filter((problem) => !isGenerated(problem))
  const first = headers.length > 0 ? headers : own.length > 0 ? own : cxx
  const units = [...Map.groupBy(first, ({ unit = '' }) => unit).values()]
  // rustc says nothing twice. From the end to the beginning, because a help that adds a line moves those below it.
  const rust = of('rustc')
    .toSorted((a, b) => b.line - a.line)
    .map((problem) => [problem])
  const bridge = of('bridge').map((problem) => [problem])
  const found = [...bridge, ...rust, ...(bridge.length > 0 && headers.length === 0 ? [] : units)]
  if (found.length > 0) return found
  return problems.map((problem) => [problem])
}

function itemNames({ piece, code }: Spot): string[] {
  const row = piece.lines.indexOf(code)
  const lineAt = (offset: number) => piece.text.slice(0, offset).split('\n').length - 1
  const segment = piece.outline.segments.find(
    ({ start, end }) => lineAt(start) <= row && row <= lineAt(Math.max(start, end - 1)),
  )
  const text = segment === undefined ? '' : piece.outline.code.slice(segment.start, segment.end)
  const name = /(\w+)(?:\(.*)?$/s.exec(segment?.defines ?? '')?.[1] ?? /(\w+)\s*\(/.exec(text)?.[1]
  return name === undefined ? [] : [name]
}

/** Gives a Rust file that nothing names a line in the crate's root. */
function nameUnread(assembled: Assembled, read: ReadonlySet<string>): boolean {
  return [...assembled.files.keys()].some(
    (path) => path.endsWith('.rs') && !read.has(path) && nameModule(assembled, path),
  )
}
