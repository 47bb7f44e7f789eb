export { covered } from './build-folder/covered.ts'
export {
  CXX_FLAGS,
  CXX_WARNINGS,
  type Flavor,
  featured,
  flavorOf,
  PLAIN,
  RACE_LINKER,
  SANITIZE,
  SANITIZED,
} from './build-folder/flavor.ts'
export { buildFolder, targetFolder } from './build-folder/folders.ts'
export { seedTarget } from './build-folder/seed.ts'
export { openToolchain } from './open/open.ts'
export { survey } from './open/survey.ts'
export { type Cell, cellAtHand, PROFILES, STANDARDS, spellCell, WATCHES } from './probe/cell.ts'
export { compareVersions, type FloorName, floorOf } from './probe/floors.ts'
export { isNeed, NEEDS, type Need, readNeeds } from './probe/needs.ts'
export { findReaders, type Readers } from './probe/readers.ts'
export { type Shortfall, shortfalls } from './probe/shortfalls.ts'
export type { MissingNeed, Opened, Tool, Toolchain } from './probe/toolchain.ts'
export { introduce } from './probe/words.ts'
export { unwritable } from './probe/writable.ts'
export {
  type Command,
  describeEnding,
  type Ending,
  type Expectation,
  ended,
  endingOf,
  type Outcome,
} from './process/command.ts'
export { CALLER_VARIABLES } from './process/environment.ts'
export { place } from './process/place.ts'
