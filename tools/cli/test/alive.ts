import { readFileSync } from 'node:fs'

/** A zombie is none: it waits for somebody to ask how it ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
