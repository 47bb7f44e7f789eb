export { type Cell, cellAtHand, PROFILES, STANDARDS, spellCell, WATCHES } from './cell.ts'
export {
  type Command,
  describeEnding,
  type Ending,
  type Expectation,
  ended,
  endingOf,
  type Outcome,
} from './command.ts'
export { covered } from './covered.ts'
export { CALLER_VARIABLES } from './environment.ts'
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
} from './flavor.ts'
export { compareVersions, type FloorName, floorOf } from './floors.ts'
export { buildFolder, targetFolder } from './folders.ts'
export { openToolchain } from './open.ts'
export { place } from './place.ts'
export { findReaders, type Readers } from './readers.ts'
export { seedTarget } from './seed.ts'
export { type Shortfall, shortfalls } from './shortfalls.ts'
export { survey } from './survey.ts'
export type { Opened, Tool, Toolchain } from './toolchain.ts'
export { introduce } from './words.ts'
export { unwritable } from './writable.ts'
