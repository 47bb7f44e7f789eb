import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesBelow, libraryFiles } from './digest.ts'

/**
 * When each file of a package was last written to, moved to its place or given another time. Unlike the time of
 * its modification, which anybody can set, the kernel alone keeps this one.
 */
export type Touches = Record<string, { touched: string; modifiedMs: number }>

/** Of the package in `dir`, a pattern's folder, and of the repository's own library where it takes a crate of it. */
export function touchesOf(dir: string): Touches {
  const root = dirname(dirname(dir))
  const own = filesBelow(dir).map((path) => [path, join(dir, path)] as const)
  const library = libraryFiles(root, dir).map((path) => [`/${path}`, join(root, path)] as const)
  const looks = [...own, ...library].map(([name, path]) => {
    const { ctimeNs, ino, mtimeMs } = lstatSync(path, { bigint: true })
    return [name, { touched: `${ino}:${ctimeNs}`, modifiedMs: Number(mtimeMs) }] as const
  })
  return Object.fromEntries(looks)
}
