import { type Cell, type Flavor, flavorOf, PLAIN, rustcHost, type Toolchain } from '@cookbook/toolchain'
import { MEMCHECK, SANITIZERS, THREADS, UNWRAPPED, type Wrap } from './wrap.ts'

const WRAPS: Record<Cell['watch'], Wrap> = {
  plain: UNWRAPPED,
  sanitizers: SANITIZERS,
  threads: THREADS,
  memcheck: MEMCHECK,
}

/** How a verification builds and runs everything: as a cell of the matrix says, or as a reader does. */
export function settingOf(cell: Cell | null, toolchain: Toolchain): { flavor: Flavor; wrap: Wrap } {
  if (cell === null) return { flavor: PLAIN, wrap: UNWRAPPED }
  return { flavor: flavorOf(cell, rustcHost(toolchain)!), wrap: WRAPS[cell.watch] }
}

/** Whether something is built into the programs, or put around them, that a check of its own would be lost in. */
export function isWatched(cell: Cell | null): boolean {
  return cell !== null && cell.watch !== 'plain'
}
