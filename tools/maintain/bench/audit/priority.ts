import { spawnSync } from 'node:child_process'

/** How a measured process gets the processor: before all others, or in turn with them. */
export type Turn = 'real-time' | 'ordinary'

const FIRST = ['--rr', '1']

/**
 * The better of the two that this machine grants. A real-time priority takes root, or CAP_SYS_NICE, and where the
 * kernel shares out real-time by control groups a share of it: `chrt` says `Operation not permitted` otherwise.
 */
export function grantedTurn(): { turn: Turn; refused: string | null } {
  const { status, stderr, error } = spawnSync('chrt', [...FIRST, 'true'], { encoding: 'utf8' })
  if (status === 0) return { turn: 'real-time', refused: null }
  return { turn: 'ordinary', refused: error?.message ?? stderr.trim() }
}

/** The processors that a measured process may use. */
export type Pin = 'one processor' | 'all processors'

/** The command line that runs `command` with that turn on those processors. */
export function granted(
  turn: Turn,
  pin: Pin,
  command: readonly string[],
): { program: string; args: string[] } {
  const words = [
    ...(turn === 'ordinary' ? [] : ['chrt', ...FIRST]),
    ...(pin === 'one processor' ? ['taskset', '--cpu-list', '0'] : []),
    ...command,
  ]
  return { program: words[0]!, args: words.slice(1) }
}
