import { cp, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readPackage, syncChapter } from '@cookbook/guide'
import type { Change } from './case.ts'

const TOOLS = join(import.meta.dirname, '../../..')
const BASE = join(import.meta.dirname, '../fixtures/base')

const LONG_AGO = new Date('2020-01-01')

/** A checkout with the base pattern alone, that cases may break. Absolute folders. */
export type Copy = { root: string; dir: string }

/** Lays the base into `root`, which must not be there yet. */
export async function layBase(root: string): Promise<Copy> {
  await cp(BASE, root, { recursive: true })
  await symlink(join(TOOLS, 'node_modules'), join(root, 'node_modules'))
  return { root, dir: join(root, 'patterns/tally') }
}

/** Applies a change; `undo` brings the base's own text back, with new times, as an editor would. */
export async function apply(copy: Copy, change: Change): Promise<{ undo: () => Promise<void> }> {
  const before = new Map<string, string | null>()
  const keep = async (path: string) => {
    const text = await readFile(join(copy.dir, path), 'utf8').catch(() => null)
    if (!before.has(path)) before.set(path, text)
    return text
  }
  const write = (path: string, text: string) => writeFile(join(copy.dir, path), text)

  await keep('README.md')
  for (const [path, text] of Object.entries(change.adds ?? {})) {
    await keep(path)
    await mkdir(dirname(join(copy.dir, path)), { recursive: true })
    await write(path, text)
  }
  for (const [path, replacements] of Object.entries(change.edits ?? {})) {
    const text = await keep(path)
    if (text === null) throw new Error(`the case edits ${path}, which is not there`)
    await write(path, replaceAll(path, text, replacements))
  }
  if (change.longAgo)
    for (const path of Object.keys(change.edits ?? {})) await utimes(join(copy.dir, path), LONG_AGO, LONG_AGO)
  for (const path of change.removes ?? []) {
    await keep(path)
    await rm(join(copy.dir, path))
  }
  if (!change.unsynced) {
    const { bytes } = syncChapter(await readPackage(copy.root, copy.dir))
    await writeFile(join(copy.dir, 'README.md'), bytes)
  }
  const undo = async () => {
    for (const [path, text] of before)
      await (text === null ? rm(join(copy.dir, path), { force: true }) : write(path, text))
  }
  return { undo }
}

function replaceAll(
  path: string,
  text: string,
  replacements: readonly (readonly [string, string])[],
): string {
  return replacements.reduce((result, [from, to]) => {
    const pieces = result.split(from)
    if (pieces.length !== 2)
      throw new Error(
        `the case replaces ${JSON.stringify(from)}, which is ${pieces.length - 1} times in ${path}`,
      )
    return pieces.join(to)
  }, text)
}
