import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { contentOf, filesBelow, libraryFiles } from '@cookbook/evidence/digest'
import { checkPackage, type Finding, noteSynced, readPackage } from '@cookbook/guide'
import { withNewerSide } from '@cookbook/harness/history'

/** A pattern as it lies there now, and all that can be said of it without a compiler. */
export type Look = {
  slug: string
  examples: number
  claims: number
  findings: readonly Finding[]
  /** What a compiler or a test would see of it: equal keys have equal proofs. The prose is no part of it. */
  key: string
  /** The same with the prose, by whose lines findings are placed. */
  text: string
}

const SHARED = ['Cargo.toml', 'Cargo.lock']

export async function look(root: string, slug: string): Promise<Look> {
  const dir = join(root, 'patterns', slug)
  const pkg = await readPackage(root, dir)
  const { chapter } = pkg
  const findings = await withNewerSide(pkg, checkPackage(pkg))
  if (findings.length === 0) await noteSynced(pkg)
  const hash = createHash('sha256')
  const add = (name: string, path: string) => {
    const content = contentOf(path)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  for (const path of filesBelow(dir)) if (path !== 'README.md') add(path, join(dir, path))
  for (const name of [...SHARED, ...libraryFiles(root, dir)]) add(name, join(root, name))
  // What the chapter shows and claims has to be proved, wherever it says so.
  const sources = chapter.examples.map(({ source }) => `${source.path}#${source.region}`)
  const claims = chapter.claims.map(({ file, name }) => `${file}#${name}`)
  hash.update(JSON.stringify([new Set(sources), new Set(claims)].map((names) => [...names].sort())))
  const key = hash.digest('hex')
  const text = createHash('sha256').update(key).update(chapter.bytes).digest('hex')
  return { slug, examples: chapter.examples.length, claims: chapter.claims.length, findings, key, text }
}
