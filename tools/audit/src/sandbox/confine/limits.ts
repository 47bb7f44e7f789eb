/** What a foreign command may take of this machine. */
export type Limits = {
  /** Of all its processes together. */
  memoryBytes: number
  /** What the machine itself has to keep: below it the command is ended, whoever took the rest. */
  spareBytes: number
  /** Processes and threads. */
  processes: number
  /** Of all that its section has written, and how many files and folders that may be. */
  diskBytes: number
  files: number
  /** Of one file. */
  fileBytes: number
  /** Of /tmp and of /dev/shm each, which are gone when the command ends. */
  scratchBytes: number
  /** The longest that any command may take, whatever its own limit is. */
  timeMs: number
}

const MIB = 1024 * 1024
const GIB = 1024 * MIB

/** Enough for a build with tokio and cxx, many times over. */
export const LIMITS: Limits = {
  memoryBytes: 4 * GIB,
  spareBytes: GIB / 2,
  processes: 512,
  diskBytes: 4 * GIB,
  files: 100_000,
  fileBytes: GIB,
  scratchBytes: 256 * MIB,
  timeMs: 20 * 60_000,
}
