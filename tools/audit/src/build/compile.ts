import { type Command, succeeded } from '@cookbook/toolchain'
import { CARGO_ENV } from '../crates/crates.ts'
import { seeding } from '../crates/seed.ts'
import {
  bridgeProblems,
  cxxProblems,
  type ProjectDiagnostic,
  rustProblems,
} from '../diagnostic/project-diagnostic.ts'
import type { Project } from '../project/project.ts'
import { isMember } from '../project/workspace.ts'
import { cargoProblems } from './cargo-problem.ts'
import { type Bench, cratesOf, filesRead, isOwn, wantsTests, withinPackage, writePackage } from './package.ts'
import { programOf, type TestProgram, testProgramsOf } from './program-of.ts'

/** What compilers make of a project. */
export type Compiled = {
  problems: readonly ProjectDiagnostic[]
  /** The files of the package that were read by a compiler that found nothing wrong. */
  files: ReadonlySet<string>
  /** The program that `cargo run` would start. */
  program: string | null
  /** The programs that `cargo test` would start, where the guide shows tests. */
  tests: readonly TestProgram[]
  /** The target folder of the crates that it was built with. */
  seed?: string
  /** Whether cargo itself was ended, and what it left may be anything. */
  broken?: boolean
}

/** For libraries of C that crates bring, on a machine that has other work. */
const BUILD_LIMIT_MS = 15 * 60_000
const MESSAGE_BYTES = 16 * 1024 * 1024

/** `cargo build`, as a reader would. */
export async function buildTogether(bench: Bench, project: Project): Promise<Compiled> {
  const tests = wantsTests(project)
  const crates = await cratesOf(bench, project)
  if (crates.kind === 'unclear') return nothing(crates.problems)
  if (crates.kind === 'refused')
    return nothing(cargoProblems(crates.outcome, project).map((problem) => withinPackage(bench, problem)))
  bench.lend(crates.lent, seeding(bench.isolated, crates.seed, bench.target))
  await writePackage(bench, project, crates.lock)
  const targets = tests ? ['--lib', '--bins', '--examples', '--tests'] : []
  const has = (pattern: RegExp) => [...project.files.keys()].some((path) => pattern.test(path))
  const kept = targets.filter((target) => target !== '--lib' || has(/^src\/lib\.rs$/))
  const args = [
    'build',
    '--offline',
    '--keep-going',
    '--message-format=json',
    '--target-dir',
    bench.target,
    ...kept,
  ]
  const command: Command = {
    program: 'cargo',
    args,
    cwd: bench.dir,
    env: CARGO_ENV,
    timeoutMs: BUILD_LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
  }
  const outcome = await bench.toolchain.run(command)
  const own = isOwn(bench)
  const problems = [
    ...rustProblems(outcome.stdout),
    ...cxxProblems(outcome.stderr, own),
    ...bridgeProblems(bridgePart(outcome.stderr), 'src/lib.rs'),
  ].map((problem) => withinPackage(bench, problem))
  const ofCargo = () => cargoProblems(outcome, project).map((problem) => withinPackage(bench, problem))
  if (outcome.kind !== 'exited') return { ...nothing(ofCargo()), broken: true }
  if (!succeeded(outcome, command) && problems.length === 0) problems.push(...ofCargo())
  if (problems.length > 0) return nothing(problems)
  const files = await filesRead(bench, project)
  for (const path of project.files.keys()) if (isMember(path)) files.add(path)
  return {
    problems: [],
    files,
    program: programOf(outcome.stdout, project.name),
    tests: testProgramsOf(outcome.stdout),
    seed: crates.seed,
  }
}

function bridgePart(stderr: string): string {
  const at = stderr.indexOf('error[cxxbridge]')
  return at < 0 ? '' : stderr.slice(at)
}

const nothing = (problems: readonly ProjectDiagnostic[]): Compiled => ({
  problems,
  files: new Set(),
  program: null,
  tests: [],
})
