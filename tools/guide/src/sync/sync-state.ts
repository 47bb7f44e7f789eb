import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Chapter, Example } from '../chapter/chapter.ts'
import { sourceName } from '../chapter/problem.ts'
import type { PatternPackage } from '../package/pattern-package.ts'
import { sourceOf } from '../package/source.ts'

/** A hash of each example's text when chapter and source last agreed on it, by `keyOf`. */
export type SyncState = Readonly<Record<string, string>>

/** What is the same example in another version of the chapter: its source's name, and which of them it is. */
export function keyOf({ examples }: Pick<Chapter, 'examples'>, example: Example): string {
  const name = sourceName(example)
  const same = examples.filter((other) => sourceName(other) === name)
  return `${name} ${same.indexOf(example)}`
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What was noted for a package; nothing when nobody has. */
export async function readSynced({ root, slug }: PatternPackage): Promise<SyncState> {
  const text = await readFile(fileOf(root, slug), 'utf8').catch(() => '{}')
  try {
    const noted: object = Object(JSON.parse(text))
    return Object.fromEntries(Object.entries(noted).filter(([, hash]) => typeof hash === 'string'))
  } catch {
    return {}
  }
}

/** Notes the examples on which chapter and source agree, and keeps what was noted of the others. */
export async function noteSynced(pkg: PatternPackage): Promise<void> {
  const before = await readSynced(pkg)
  const now = pkg.chapter.examples.flatMap((example) => {
    const key = keyOf(pkg.chapter, example)
    if (sourceOf(pkg, example)?.text === example.text) return [[key, hashOf(example.text)]]
    return before[key] === undefined ? [] : [[key, before[key]]]
  })
  const file = fileOf(pkg.root, pkg.slug)
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, JSON.stringify(Object.fromEntries(now)))
  await rename(draft, file)
}

const fileOf = (root: string, slug: string) => join(root, 'target/agreed', `${slug}.json`)
