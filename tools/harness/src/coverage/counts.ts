import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isWithin, withinPackage } from '@cookbook/diagnostics'
import type { PatternPackage } from '@cookbook/guide'

/** How often a line of a file ran, as one compiler unit counts it. Lines that hold no code are not told of. */
export type Count = { file: string; line: number; times: number }

/** By path from the package's folder, and by line. */
export type Counts = Map<string, Map<number, number>>

/** Adds up what all programs and units say of the package's own files; `cwd` is what their paths are relative to. */
export async function addUp(pkg: PatternPackage, counted: readonly Count[]): Promise<Counts> {
  const own = new Map<string, string | null>()
  const counts: Counts = new Map()
  for (const { file, line, times } of counted) {
    if (!own.has(file)) own.set(file, await ownPath(pkg, file))
    const path = own.get(file)
    if (path == null) continue
    const lines = counts.get(path) ?? new Map<number, number>()
    lines.set(line, (lines.get(line) ?? 0) + times)
    counts.set(path, lines)
  }
  return counts
}

/** cxx-build shows the compiler links to the package's headers. */
async function ownPath(pkg: PatternPackage, file: string): Promise<string | null> {
  const real = await realpath(file).catch(() => file)
  return isWithin(pkg, pkg.dir, real) ? withinPackage(pkg, pkg.dir, resolve(pkg.dir, real)) : null
}
