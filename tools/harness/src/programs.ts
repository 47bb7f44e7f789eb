import { type Build, ownArtifacts } from './build.ts'
import type { CmakeBuild } from './cmake.ts'
import type { Verification } from './verification.ts'

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
