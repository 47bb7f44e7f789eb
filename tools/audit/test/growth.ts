import { runInThisContext } from 'node:vm'

/** A way to read text that a stranger wrote, and that may be as long as he likes. */
export type Reads = (text: string) => void

/** Text of about a number of characters. */
export type Hostile = (characters: number) => string

const FROM = 32 * 1024
export const PAGE = 1024 * 1024
/** Of processor time. What takes less for so little text may take its square for a page, and that is a second. */
const QUICK_MS = 4
/** Of processor time, for a page of 1 MB. */
const PAGE_MS = 1_000
/** A reader is ended here, in the middle of a pattern. */
const STUCK_MS = 20_000
/** Twice as much text may take this many times the time, and this much more: memory is collected, code compiled. */
const TIMES = 2.6
const MARGIN_MS = 30

/**
 * Reads texts of sizes that double, up to `longest`, and says what grows faster than they do; `null` where nothing does. It
 * is the processor's time of this thread that counts, and of several tries the best. A machine that other programs share
 * is slower for a second or so: what grows does so for two sizes in a row, or however often the longest is read.
 */
export function growth(
  reads: Reads,
  hostile: Hostile,
  longest: number,
  pageMs: number = PAGE_MS,
): string | null {
  const times: number[] = []
  let slow = 0
  for (let size = FROM; size <= longest; size *= 2) {
    const text = hostile(size)
    // What is bounded, as the pairs of 500 blocks, may take the time of a page for any length.
    const limit = Math.min((times.at(-1) ?? STUCK_MS) * TIMES, pageMs) + MARGIN_MS
    let best = Infinity
    const most = slow > 0 || size * 2 > longest ? 9 : 3
    for (let tries = 0; tries < most && best > limit; tries++)
      best = Math.min(
        best,
        timeOf(() => reads(text)),
      )
    times.push(best)
    slow = best > limit ? slow + 1 : 0
    if (slow === 2 || (slow === 1 && size * 2 > longest) || best === Infinity)
      return times.map((time, at) => `${(FROM << at) / 1024} KB ${time.toFixed(0)} ms`).join(', ')
    if (best < QUICK_MS) return null
  }
  return null
}

function timeOf(work: () => void): number {
  Object.assign(globalThis, { timedWork: work })
  const started = process.threadCpuUsage().user
  try {
    // Nothing else ends a pattern that is stuck.
    runInThisContext('timedWork()', { timeout: STUCK_MS })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return Infinity
  }
  return (process.threadCpuUsage().user - started) / 1_000
}
