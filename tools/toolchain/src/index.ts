export {
  type BuildProfile,
  buildProfileOf,
  CXX_FLAGS,
  CXX_WARNINGS,
  featured,
  PLAIN,
  RACE_LINKER,
  SANITIZE,
  SANITIZED,
} from './build-folder/build-profile.ts'
export { covered } from './build-folder/covered.ts'
export { buildFolder, targetFolder } from './build-folder/folders.ts'
export { seedTarget } from './build-folder/seed.ts'
export { openToolchain } from './open/open.ts'
export { survey } from './open/survey.ts'
export { type Cell, cellAtHand, MEMORY_TOOLS, PROFILES, STANDARDS, spellCell } from './probe/cell.ts'
export { findGuide } from './probe/find-guide.ts'
export { compareVersions, type FloorName, floorOf } from './probe/floors.ts'
export { introduce } from './probe/messages.ts'
export { isNeed, NEEDS, type Need, readNeeds } from './probe/needs.ts'
export { findReaders, type Readers } from './probe/readers.ts'
export { rustcHost } from './probe/rustc-host.ts'
export { type Shortfall, shortfalls } from './probe/shortfalls.ts'
export type { MissingNeed, Opened, Tool, Toolchain } from './probe/toolchain.ts'
export { unwritable } from './probe/writable.ts'
export {
  type Command,
  describeExit,
  type ExitStatus,
  type Expectation,
  exitStatusOf,
  type Outcome,
  succeeded,
} from './process/command.ts'
export { CALLER_VARIABLES } from './process/environment.ts'
export { writeFileAtomic } from './process/write-file-atomic.ts'
