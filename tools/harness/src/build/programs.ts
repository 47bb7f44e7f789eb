import type { Build } from '../context/built.ts'
import { isWatched } from '../context/cell.ts'
import type { Checked } from '../context/checks.ts'
import { runnerFinding } from '../context/runner-location.ts'
import type { Verification } from '../context/verification.ts'
import { ownArtifacts } from './build.ts'
import type { CmakeBuild } from './cmake.ts'

/** A program that a chapter can run. */
export type Program = {
  name: string
  /** Absolute. */
  path: string
  /** The file within the package that a failure of the program is shown at. */
  source: string
}

/** What cargo built as a program or an example, and what CMake built. */
export function programsOf(verification: Verification, build: Build, cmake: CmakeBuild | null): Program[] {
  const ofCargo = ownArtifacts(verification, build).flatMap(({ name, kinds, test, executable, source }) =>
    executable !== null && !test && (kinds.includes('bin') || kinds.includes('example'))
      ? [{ name, path: executable, source: source.slice(verification.dir.length + 1) }]
      : [],
  )
  const ofCmake = [...(cmake?.programs ?? [])].map(([name, path]) => ({
    name,
    path,
    source: 'CMakeLists.txt',
  }))
  return [...ofCargo, ...ofCmake]
}

/** The program of that name; what to say of it, at the runner's line that says `place`, when there is none. */
export async function programNamed(
  verification: Verification,
  programs: readonly Program[],
  name: string,
  place: string,
): Promise<{ program: Program } | Checked> {
  const program = programs.find((candidate) => candidate.name === name)
  if (program !== undefined) return { program }
  if (!verification.built || isWatched(verification.cell)) return { skipped: `${name} was not built` }
  const names = programs.map((each) => each.name).sort()
  const message = `there is no program ${name}, expected one of: ${names.join(', ')}`
  return { findings: [await runnerFinding(verification, place, 'file-not-found', message, 'add it')] }
}
