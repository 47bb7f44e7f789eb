import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './digest.ts'

/**
 * When each file of a package was last written to, moved to its place or given another time. Unlike the time of
 * its modification, which anybody can set, the kernel alone keeps this one.
 */
export type Touches = Record<string, { touched: string; modifiedMs: number }>

export function touchesOf(dir: string): Touches {
  const looks = filesBelow(dir).map((path) => {
    const { ctimeNs, ino, mtimeMs } = lstatSync(join(dir, path), { bigint: true })
    return [path, { touched: `${ino}:${ctimeNs}`, modifiedMs: Number(mtimeMs) }] as const
  })
  return Object.fromEntries(looks)
}
