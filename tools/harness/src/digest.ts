import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EVIDENCE_FILE } from './evidence.ts'

/** What lies in a package's folder without being part of it. */
const NOT_SUBJECT = new Set(['node_modules', 'target', EVIDENCE_FILE, 'at-hand.json'])
/** Files outside the package that decide what is built. */
const SHARED = ['Cargo.toml', 'Cargo.lock']

/**
 * A hash of everything that a verification of the package in `dir` is about. Evidence carries it, so that evidence
 * of other text is known for what it is, however it came to lie there.
 */
export function digestOf(root: string, dir: string): string {
  const hash = createHash('sha256')
  const add = (name: string, path: string) => {
    const content = readFileSync(path)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  for (const name of SHARED) add(name, join(root, name))
  for (const path of filesBelow(dir)) add(path, join(dir, path))
  return hash.digest('hex')
}

/** Paths of the package's own files, sorted; editors' and tools' dot files and backups are none. */
export function filesBelow(dir: string, below = ''): string[] {
  const entries = readdirSync(join(dir, below), { withFileTypes: true })
  return entries
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~') && !NOT_SUBJECT.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(dir, path) : [path]
    })
}
