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
    if (result.problems.length === 0) {
      compiled = new Set([...compiled, ...result.files])
      if (mode === 'apart' && isCrate && !refused) {
        mode = 'together'
        continue
      }
      if (mode === 'together' && nameUnread(assembled, result.files)) continue
      whole = mode === 'together'
      break
    }
    const cases = result.problems
      .map(
        (problem): Case => ({
          assembled,
          reserve: stage.reserve,
          present,
          problem,
          spot: spotOf(assembled, problem),
        }),
      )
      .toSorted((a, b) => b.problem.line - a.problem.line)
    let helped = false
    for (const at of cases) {
      if (consequence(at, gone)) continue
      if ([...rustRemedies, ...cxxRemedies].some((remedy) => remedy(at))) helped = true
    }
    if (helped) {
      mode = 'apart'
      continue
    }
    const stuck = roots(cases)
    const linked = stuck.filter(({ problem }) => problem.tool === 'linker')
    if (linked.length > 0 && linked.every(({ problem }) => missingDefinitions(assembled, problem))) {
      const apart = await buildApart(bench, assembled, standardOf(assembled))
      compiled = new Set([...compiled, ...apart.files, 'Cargo.toml', 'build.rs'])
      break
    }
    const placed = stuck.filter(({ spot }) => spot !== null)
    unplaced = stuck.filter(({ spot }) => spot === null).map(({ problem }) => problem)
    if (placed.length === 0) break
    for (const { problem, spot } of placed) blame({ problem, spot: spot! })
    compiled = new Set([...compiled, ...result.files])
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
  const ran =
    whole && faults.size === 0 && untried.size === 0 && result.program !== null
      ? await runProgram(bench, result.program)
      : null
  return { assembled, faults, untried, compiled, unplaced, ran }

  function blame(fault: Fault): void {
    const { problem, spot } = fault
    const { piece } = spot
    const cause = consequence({ problem }, gone)
    const wrapped = assembled.helps.some(
      ({ help, pieces }) => help.kind === 'wrapper' && pieces.includes(piece),
    )
    const unknown = missingNames(problem)
    if (cause !== null) untried.set(piece, `it uses \`${cause}\`, whose own block fails`)
    else if (wrapped && unknown.length > 0)
      untried.set(piece, `it uses \`${unknown.at(-1)}\`, which the guide does not show`)
    else if (!faults.has(piece)) faults.set(piece, fault)
    const key = `${piece.number}:${piece.lines.indexOf(spot.code)}`
    const before = asides.get(key) ?? asides.get(`${piece.number}`) ?? []
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

/** cargo tells of the linker and of itself only when the compilers are content. */
function onlyLast(problems: readonly Problem[]): boolean {
  return problems.every(({ tool }) => tool === 'linker')
}

/** The name that a problem is about, when it was taken out with something else that fails. */
function consequence({ problem }: Pick<Case, 'problem'>, gone: ReadonlySet<string>): string | null {
  const said = [...problem.message.matchAll(/[`'‘]([\w:]+)(?:\([^`'’]*\))?['’`]/g)].flatMap(([, path]) =>
    path!.split('::'),
  )
  return said.find((name) => gone.has(name)) ?? null
}

/** Those that others may follow from: in C++ the first of each file, and what is wrong in headers before all. */
function roots(cases: readonly Case[]): Case[] {
  const ordered = cases.toReversed()
  const rest = ordered.filter(({ problem }) => problem.tool !== 'C++')
  const bridge = rest.filter(({ problem }) => problem.tool === 'bridge')
  const cxx = [
    ...Map.groupBy(
      ordered.filter(({ problem }) => problem.tool === 'C++'),
      ({ problem }) => problem.unit ?? '',
    ).values(),
  ]
  const first = cxx.map((group) => group.find(({ problem }) => isHeader(problem.path)) ?? group[0]!)
  const headers = first.filter(({ problem }) => isHeader(problem.path))
  if (bridge.length > 0) return [...bridge, ...headers]
  const found = [
    ...rest.filter(({ problem }) => problem.tool !== 'cargo'),
    ...(headers.length > 0 ? headers : first),
  ]
  return found.length > 0 ? found : rest
}

function itemNames({ piece, code }: Spot): string[] {
  const row = piece.lines.indexOf(code)
  const lineAt = (offset: number) => piece.text.slice(0, offset).split('\n').length - 1
  const segment = piece.outline.segments.find(
    ({ start, end }) => lineAt(start) <= row && row <= lineAt(Math.max(start, end - 1)),
  )
  const name = /(\w+)(?:\(.*)?$/s.exec(segment?.defines ?? '')?.[1]
  return name === undefined ? [] : [name]
}

/** Gives a Rust file that nothing names a line in the crate's root. */
function nameUnread(assembled: Assembled, read: ReadonlySet<string>): boolean {
  return [...assembled.files.keys()].some(
    (path) => path.endsWith('.rs') && !read.has(path) && nameModule(assembled, path),
  )
}
