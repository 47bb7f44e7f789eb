import { createHash } from 'node:crypto'
import { alone } from '@cookbook/toolchain/alone'

const LIMIT_MS = 60 * 60_000

/**
 * Does `work` while no run verifies the package in `dir`, a pattern or the guide as a whole, whichever run of turbo
 * that belongs to: two of them share a target folder and the evidence. `waiting` is called once when another one is
 * at it.
 */
export function withLock<T>(dir: string, work: () => Promise<T>, waiting = () => {}): Promise<T> {
  const name = `cookbook-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`
  return alone(name, work, { waiting, limitMs: LIMIT_MS })
}
