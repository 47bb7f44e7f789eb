import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Taken } from '../init/names.ts'

/** The names that a new pattern of the repository `root` cannot have: npm and cargo know a package by its name alone. */
export function takenIn(root: string): Taken {
  const taken = new Map<string, string>()
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')
  for (const [, name] of read('Cargo.lock').matchAll(/^name = "([^"]+)"$/gm))
    taken.set(name!, 'a crate of Cargo.lock')
  const packages: object = JSON.parse(read('package-lock.json') || '{}').packages ?? {}
  for (const path of Object.keys(packages)) {
    const name = /^(?:node_modules\/)?([^/@]+)$/.exec(path)?.[1]
    if (name !== undefined) taken.set(name, 'a package of package-lock.json')
  }
  for (const name of folders(join(root, 'patterns'))) taken.set(name, `patterns/${name}`)
  return taken
}

function folders(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : []
}
