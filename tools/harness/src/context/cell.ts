import {
  type BuildProfile,
  buildProfileOf,
  type Cell,
  PLAIN,
  rustcHost,
  type Toolchain,
} from '@cookbook/toolchain'
import { MEMCHECK, SANITIZERS, THREADS, UNWRAPPED, type Wrap } from './wrap.ts'

const WRAPS: Record<Cell['memoryTool'], Wrap> = {
  plain: UNWRAPPED,
  sanitizers: SANITIZERS,
  threads: THREADS,
  memcheck: MEMCHECK,
}

/** How a verification builds and runs everything: as a cell of the matrix says, or as a reader does. */
export function settingOf(
  cell: Cell | null,
  toolchain: Toolchain,
): { buildProfile: BuildProfile; wrap: Wrap } {
  if (cell === null) return { buildProfile: PLAIN, wrap: UNWRAPPED }
  return { buildProfile: buildProfileOf(cell, rustcHost(toolchain)!), wrap: WRAPS[cell.memoryTool] }
}

/** Whether something is built into the programs, or put around them, that a check of its own would be lost in. */
export function isWatched(cell: Cell | null): boolean {
  return cell !== null && cell.memoryTool !== 'plain'
}
