import { buildTogether, type Compiled } from '../build/compile.ts'
import { buildCxx } from '../build/cxx-program.ts'
import { type Bench, writePackage } from '../build/package.ts'
import type { Program } from '../build/program.ts'
import { asExpected, type Ran } from '../build/run.ts'
import { cargoProgram, runWatched } from '../build/sanitize.ts'
import { buildSeparately } from '../build/separately.ts'
import { runTests, type TestRun } from '../build/tests.ts'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Snapshot } from '../placement/snapshot.ts'
import { assemble } from '../project/assemble.ts'
import type { Project } from '../project/project.ts'
import { standardOf } from '../project/standard.ts'
import { isWorkspace, needsCargo } from '../project/workspace.ts'
import { type Blame, blame, chargeEdits, isWrapped, noBlame } from '../repair/attribute.ts'
import { keyOf } from '../repair/follow.ts'
import { missingDefinitions } from '../repair/help-build.ts'
import { nameUnread } from '../repair/help-rust.ts'
import { CMAKE_FILE } from '../snippet/cmake-facts.ts'
import { hasMain } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { compileUnread } from './compile-unread.ts'
import { configure } from './configure.ts'
import { atLines, fixProblems, type State } from './fix-problems.ts'

/** What came of a snapshot. */
export type Tried = Pick<Blame, 'faults' | 'fragments' | 'untried'> &
  Pick<Snapshot, 'subjects'> & {
    project: Project
    /** All that the package was put together of. */
    snippets: readonly Snippet[]
    compiled: ReadonlySet<string>
    /** The files that went into the program; `null` where all may have. */
    inProgram: ReadonlySet<string> | null
    /** What no line of the guide is to blame for. */
    unplaced: readonly ProjectDiagnostic[]
    ran: Ran | null
    /** How the programs ended that hold its tests. */
    tested: readonly TestRun[]
  }

/** How often a package is fixed and compiled again at least: in C++, one problem is answered in a round. */
const ROUNDS = 16

/**
 * Puts a snapshot's package together, and fixes and compiles it until all of it is compiled but what is itself wrong:
 * first the helps that a reader would try, then without the snippets that none of them fixes.
 */
export async function trySnapshot(bench: Bench, snapshot: Snapshot): Promise<Tried> {
  const project = assemble(snapshot, bench.given.crates)
  const present = new Set(snapshot.snippets)
  const known = noBlame()
  const compiled = new Set<string>()
  const isCrate = project.files.has('Cargo.toml')
  const refused = snapshot.subjects.length === 1 && snapshot.subjects[0]!.expectation === 'must fail'
  // What must not compile is asked of each compiler by itself: that cargo fails says little.
  const several = isWorkspace(project)
  const { reserve } = snapshot
  const state: State = { bench, project, reserve, present, known, compiled, isWorkspace: several }
  const apartFrom = () => (needsCargo(project) ? 'together' : 'apart')
  let mode: 'together' | 'apart' = isCrate && !refused ? 'together' : apartFrom()
  let result: Compiled = { problems: [], files: new Set(), program: null, tests: [] }
  let unplaced: readonly ProjectDiagnostic[] = []
  let whole = false
  const rounds = Math.max(ROUNDS, snapshot.snippets.length)
  for (let round = 0; round < rounds; round++) {
    await writePackage(bench, project)
    result = await compile()
    const problems = result.problems.filter((problem) => !known.settled.has(keyOf(problem)))
    if (problems.length === 0) {
      for (const path of result.files) compiled.add(path)
      const next = mode === 'apart' && isCrate && !refused && known.settled.size === 0
      if (next) {
        mode = 'together'
        continue
      }
      if ((mode === 'together' || (isCrate && refused)) && nameUnread(project, result.files)) continue
      whole = mode === 'together'
      break
    }
    const { helped, stuck } = fixProblems(state, problems)
    if (helped) {
      mode = apartFrom()
      continue
    }
    const linked = stuck.filter(({ problem }) => problem.tool === 'linker')
    if (linked.length > 0 && linked.every(({ problem }) => missingDefinitions(project, problem))) {
      const apart = await buildSeparately(bench, project, standardOf(project))
      for (const path of [...apart.files, 'Cargo.toml', 'build.rs']) compiled.add(path)
      break
    }
    for (const path of result.files) compiled.add(path)
    unplaced = stuck.filter(({ spot }) => spot === null).map(({ problem }) => problem)
    const placed = atLines(stuck)
    if (placed.length === 0) break
    for (const fault of placed.toSorted((a, b) => a.spot.code.at.line - b.spot.code.at.line))
      blame(project, known, fault)
    mode = apartFrom()
    const [subject] = snapshot.subjects
    if (refused && (known.faults.has(subject!) || known.fragments.has(subject!))) break
  }
  if (whole && !several) await compileUnread(state, rounds)
  chargeEdits(project, known)
  const script = snapshot.subjects.find(({ path }) => path === CMAKE_FILE)
  const fails = known.faults.size > 0 || (isCrate && !whole)
  const configured = script === undefined ? null : await configure(state, script, fails)
  const { faults, fragments, untried } = known
  // Statements that nothing calls take nothing from the program when they are taken out.
  const sound = [...faults.keys(), ...fragments.keys(), ...untried.keys()].every(
    (snippet) => isWrapped(project, snippet) || (whole && !result.files.has(snippet.path!)),
  )
  const mains = [...present].filter((snippet) => hasMain(snippet) && snippet.path !== 'build.rs')
  const starts = sound && unplaced.length === 0
  const runs = mains.length > 0 && starts && !mains.some(({ noRun }) => noRun)
  const program = runs ? ((await cargoOrCxx()) ?? configured) : null
  const ran = program === null ? null : asExpected(await runWatched(bench, program), mains)
  const snippets = [...present]
  const tested = starts && whole && !refused ? await runTests(bench, result.tests, snippets) : []
  return {
    subjects: snapshot.subjects,
    snippets,
    project,
    faults,
    fragments,
    untried,
    compiled,
    inProgram: whole ? result.files : null,
    unplaced,
    ran,
    tested,
  }

  /** When cargo is not content, what it did not come to is compiled by itself as well. */
  async function compile(): Promise<Compiled> {
    const apart = () => buildSeparately(bench, project, standardOf(project))
    if (mode === 'apart') return apart()
    const together = await buildTogether(bench, project)
    if (needsCargo(project) || together.broken || together.problems.every(({ tool }) => tool === 'linker'))
      return together
    const more = await apart()
    if (more.problems.length === 0) return together
    const known = new Set(more.problems.map(keyOf))
    const said = together.problems.filter((one) => one.tool === 'cargo' && !known.has(keyOf(one)))
    return { ...more, problems: [...more.problems, ...said] }
  }

  /** What a reader starts who has nothing but cargo or a compiler. */
  async function cargoOrCxx(): Promise<Program | null> {
    if (refused || (isCrate && !whole)) return null
    if (!isCrate) return project.files.has(CMAKE_FILE) ? null : buildCxx(bench, project)
    const { program, seed } = result
    if (program === null || seed === undefined) return null
    return cargoProgram(bench, seed, project.name, program)
  }
}
