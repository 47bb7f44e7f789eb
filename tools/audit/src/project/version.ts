import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The names of all crates that this project is verified with. */
export function lockedCrates(): string[] {
  locked ??= readLock()
  return [...locked.keys()]
}

let locked: ReadonlyMap<string, string> | null = null

/** The version of a crate that this project itself is verified with, or `null` for one that it does not use. */
export function versionOf(crate: string): string | null {
  locked ??= readLock()
  return locked.get(crate) ?? locked.get(crate.replaceAll('_', '-')) ?? null
}

function readLock(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../../../../Cargo.lock'), 'utf8')
  const found = text.matchAll(/^name = "([^"]+)"\nversion = "([^"+]+)(?:\+[^"]*)?"\nsource/gm)
  return new Map([...found].map(([, name, version]) => [name!, version!]))
}
