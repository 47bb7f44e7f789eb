import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  checkPackage,
  contents,
  type Example,
  type Finding,
  intoSources,
  noteSynced,
  type PatternPackage,
  parseChapter,
  readPackage,
  sourceOf,
  syncChapter,
  withSignposts,
} from '@cookbook/guide'
import { type Newer, newerSide } from '@cookbook/harness/history'
import { bothVersions, overlaps } from './conflict.ts'
import { overwrite } from './overwrite.ts'

/** What was done, for people, which files were written, and what is wrong still. */
export type Synced = { slug: string; said: string[]; written: string[]; left: Finding[] }

/** Writes the examples of the pattern in `dir` from their sources, but none whose chapter and source both changed. */
export async function fromSource(root: string, dir: string): Promise<Synced> {
  const pkg = await readPackage(root, dir)
  const drifted = await driftOf(pkg)
  const conflicts = only(drifted, 'both')
  const { bytes, changed } = syncChapter(pkg, new Set(conflicts))
  const chapter = parseChapter(bytes, pkg.chapter.file)
  const signed = Buffer.from(withSignposts(chapter, await chapters(root)))
  const findings = checkPackage({ ...pkg, chapter: parseChapter(signed, pkg.chapter.file) })
  const said = changed.map((example) => `${pkg.chapter.file}:${example.line} written from ${nameOf(example)}`)
  const loses = changed.some((example) => losesText(drifted.get(example), 'chapter'))
  said.push(...(await overwrite(pkg, 'README.md', pkg.chapter.bytes, signed, loses)))
  const written = Buffer.compare(pkg.chapter.bytes, signed) === 0 ? [] : [pkg.chapter.file]
  if (Buffer.compare(bytes, signed) !== 0) said.push(`${pkg.chapter.file} names its files and its neighbours`)
  if (changed.length === 0 && conflicts.length === 0) said.push(`${pkg.chapter.file} equals its sources`)
  return conclude(
    root,
    dir,
    pkg,
    { said, written },
    conflicts,
    findings.filter(({ code }) => code !== 'drift'),
  )
}

/** Writes the sources of the pattern in `dir` from the examples, but none whose chapter and source both changed. */
export async function fromChapter(root: string, dir: string): Promise<Synced> {
  const pkg = await readPackage(root, dir)
  const drifted = await driftOf(pkg)
  const conflicts = only(drifted, 'both')
  const { files, refused } = intoSources(
    pkg,
    [...drifted.keys()].filter((example) => !conflicts.includes(example)),
  )
  const said: string[] = []
  for (const [path, text] of files) {
    const examples = [...drifted.keys()].filter(({ source }) => source.path === path)
    const lines = examples.map(({ line }) => line).join(', ')
    said.push(`${pkg.files.get(path)!.file} written from ${pkg.chapter.file}:${lines}`)
    const { bom, raw } = pkg.files.get(path)!.text
    const before = Buffer.from((bom ? '\ufeff' : '') + raw)
    const loses = examples.some((example) => losesText(drifted.get(example), 'source'))
    said.push(...(await overwrite(pkg, path, before, Buffer.from(text), loses)))
  }
  const written = [...files.keys()].map((path) => pkg.files.get(path)!.file)
  if (drifted.size === 0) said.push(`${pkg.chapter.file} equals its sources`)
  const findings = checkPackage(await readPackage(root, dir)).filter(({ code }) => code !== 'drift')
  return conclude(root, dir, pkg, { said, written }, conflicts, [
    ...refused.map((example) => overlaps(pkg, example)),
    ...findings,
  ])
}

async function conclude(
  root: string,
  dir: string,
  pkg: PatternPackage,
  done: Pick<Synced, 'said' | 'written'>,
  conflicts: readonly Example[],
  findings: readonly Finding[],
): Promise<Synced> {
  await noteSynced(await readPackage(root, dir))
  return {
    slug: pkg.slug,
    ...done,
    left: [...conflicts.map((example) => bothVersions(pkg, example)), ...findings],
  }
}

/** The chapters of the guide, in the order of its table of contents. */
async function chapters(root: string) {
  return contents(await readFile(join(root, 'README.md'), 'utf8').catch(() => ''), 'README.md')
}

/** The examples that differ from their source, and which side of each is the newer one. */
async function driftOf(pkg: PatternPackage): Promise<Map<Example, Newer>> {
  const drifted = pkg.chapter.examples.filter((example) => {
    const source = sourceOf(pkg, example)
    return source !== null && example.text.trim() !== '' && source.text !== example.text
  })
  return new Map(
    await Promise.all(drifted.map(async (example) => [example, await newerSide(pkg, example)] as const)),
  )
}

const only = (drifted: ReadonlyMap<Example, Newer>, side: Newer) =>
  [...drifted].flatMap(([example, newer]) => (newer === side ? [example] : []))

/** Whether the text of one side may be nowhere else, so that a copy has to be kept. */
const losesText = (newer: Newer | undefined, overwritten: 'chapter' | 'source') =>
  newer === overwritten || newer === 'unknown'

const nameOf = ({ source }: Example) =>
  source.region === null ? source.path : `${source.path}#${source.region}`
