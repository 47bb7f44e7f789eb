import { readFileSync } from 'node:fs'

/** What folders that lie deep in each other and two commands at once take, with some to spare. */
const LEAST = 256

/** Why this process may open too few files for what it is to do, and how to let it; `null` where it may. */
export function openFilesProblem(read: () => string = ownLimits): string | null {
  const [, soft, hard] = /^Max open files +(\d+|unlimited) +(\d+|unlimited)/m.exec(read()) ?? []
  if (soft === undefined || soft === 'unlimited' || Number(soft) >= LEAST) return null
  const higher = hard === 'unlimited' || Number(hard) >= LEAST
  const fix = higher ? `run ulimit -n ${LEAST} first` : `raise the hard limit, which is ${hard}`
  return `this process may open ${soft} files, expected at least ${LEAST}: ${fix}`
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    // Where there is no /proc, nothing is known of it.
    return ''
  }
}
