import type { Toolchain } from '@cookbook/toolchain'
import type { Confine } from '../confine/run.ts'

/** A sandbox that was seen to work. */
export type Backend = {
  kind: 'bubblewrap' | 'docker'
  /** The same compilers without it, for what has to be fetched. */
  outside: Toolchain
  confine: Confine
  /** Whose commands run in it, when it is not the caller; the caller is root then. */
  owner: number | null
}
