import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isLeftByEditor } from '@cookbook/guide/layout'
import { libraryOf } from '@cookbook/guide/library'
import { LONGEST_TEXT_BYTES } from '@cookbook/guide/unreadable'
import { EVIDENCE_FILE } from './file.ts'

/** What lies at the top of a package's folder without being part of it. */
const NOT_SUBJECT = new Set(['node_modules', 'target', '.turbo', EVIDENCE_FILE, 'at-hand.json'])
/** Files outside the package that decide what is built. */
const SHARED = ['Cargo.toml', 'Cargo.lock']
/**
 * A hash of everything that a verification of the package in `dir` is about. Evidence carries it, so that evidence
 * of other text is known for what it is, however it came to lie there.
 */
export function digestOf(root: string, dir: string): string {
  const hash = createHash('sha256')
  const add = (name: string, path: string) => {
    const content = contentOf(path)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  for (const name of SHARED) add(name, join(root, name))
  for (const path of libraryFiles(root, dir)) add(path, join(root, path))
  for (const path of filesBelow(dir)) add(path, join(dir, path))
  return hash.digest('hex')
}

/** The files of the repository's own library, from `root`, when the package in `dir` takes a crate of it by path. */
export function libraryFiles(root: string, dir: string): string[] {
  return libraryOf(root, dir).flatMap((folder) =>
    filesBelow(join(root, folder)).map((path) => `${folder}/${path}`),
  )
}

/** What a file holds; of what is no text, and may not even end, what it is. */
export function contentOf(path: string): Buffer {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() && found.size <= LONGEST_TEXT_BYTES) return readFileSync(path)
  return Buffer.from(`no text: ${found?.mode} ${found?.size} ${found?.mtimeMs}`)
}

/** Paths of the package's own files, sorted, dot files with them; what editors leave is none. */
export function filesBelow(dir: string, below = ''): string[] {
  const entries = readdirSync(join(dir, below), { withFileTypes: true })
  return entries
    .filter(({ name }) => !isLeftByEditor(name) && (below !== '' || !NOT_SUBJECT.has(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(dir, path) : [path]
    })
}
