import { join } from 'node:path'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { versionOf } from '../project/known-crates.ts'
import { dependencies, insert } from '../project/manifest.ts'
import { added, type Line, type Project, textOf } from '../project/project.ts'
import { compileBridges, compileCxx, prepare } from './check-cxx.ts'
import { compileRust } from './check-rust.ts'
import type { Compiled } from './compile.ts'
import { type Bench, cratesOf, filesRead, withinPackage } from './package.ts'

/**
 * Compiles what can be compiled by itself, so that no error hides another: each bridge, each C++ file as far as its
 * types go, each Rust crate as far as its own do. Nothing is linked.
 */
export async function buildSeparately(bench: Bench, project: Project, standard: string): Promise<Compiled> {
  const scratch = join(bench.dir, '..', 'apart')
  const manifest = manifestOf(project)
  const crates = manifest === undefined ? null : await cratesOf(bench, project, manifest)
  const built = crates?.kind === 'built' ? crates : null
  if (built !== null) bench.lend(built.lent)
  const isCrate = project.files.has('Cargo.toml')
  await prepare(bench, project, built, scratch)
  const rust = built !== null && isCrate ? await compileRust(bench, project, built, scratch) : []
  const bridged = built === null ? [] : await compileBridges(bench, project, built, scratch)
  const cxx = await compileCxx(bench, project, scratch, standard, built)
  const checked = [...rust, ...cxx]
  const problems = [
    ...(crates?.kind === 'unclear' ? crates.problems : []),
    ...[...rust.flatMap(({ problems }) => problems), ...bridged, ...cxx.flatMap(({ problems }) => problems)],
  ].map((problem) => withinPackage(bench, problem))
  const failing = new Set(problems.map(({ path }) => path))
  // What a compiler read says nothing of what it found good.
  const infos = checked.flatMap(({ problems, info }) => (problems.length === 0 ? [info] : []))
  const read = await filesRead(bench, project, infos)
  if (built === null) read.delete('Cargo.toml')
  return {
    problems: distinct(crates !== null && built === null ? problems.filter(isOwnFault) : problems),
    files: new Set([...read].filter((path) => !failing.has(path))),
    program: null,
    tests: [],
  }
}

/** Without the crates there is nothing of what cxx generates: no file that includes it is to blame. */
const isOwnFault = ({ message }: ProjectDiagnostic): boolean =>
  !/^[‘']?(?:rust\/cxx\.h|\S+\.rs\.h)\b/.test(message)

/** What C++ that speaks to Rust needs, when the guide shows no manifest. */
const BRIDGED = [
  '[package]',
  'edition = "2021"',
  '[dependencies]',
  `cxx = "${versionOf('cxx')}"`,
  '[build-dependencies]',
  `cxx-build = "${versionOf('cxx-build')}"`,
].map(added)

/** The manifest whose crates are built: one that no page shows has what the C++ needs. */
function manifestOf(project: Project): Line[] | undefined {
  const own = project.files.get('Cargo.toml')
  if (!speaksToRust(project)) return own
  if (own === undefined) return BRIDGED
  if (own.some(({ code }) => code !== null) || dependencies(own, true).includes('cxx_build')) return own
  const lines = [...own]
  insert(lines, '[dependencies]', BRIDGED[3]!)
  insert(lines, '[build-dependencies]', BRIDGED[5]!)
  return lines
}

function speaksToRust({ files }: Project): boolean {
  return [...files].some(
    ([path, lines]) => !path.endsWith('.rs') && /"rust\/cxx\.h"|\.rs\.h"/.test(textOf(lines)),
  )
}

/** Without what says again what was said of the same place. */
function distinct(problems: readonly ProjectDiagnostic[]): ProjectDiagnostic[] {
  const key = ({ path, line, column, message }: ProjectDiagnostic) => `${path}:${line}:${column}:${message}`
  return [...Map.groupBy(problems, key).values()].map(([first]) => first!)
}
