import { realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { PageDiagnostic } from '../../verdict.ts'
import type { Block, CodeLine } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import type { Reader } from '../guide-files.ts'
import { isIncluding, type Load, type Loaded, textRows } from '../inclusion.ts'

/** Where includes of a guide may be read from. */
export type Reach = {
  /** The folder that is never left. */
  root: string
  /** What paths of the whole site are relative to: the folder of its configuration, and those that this names. */
  site: readonly string[]
}

/** A loader of what pages include: never from outside of the root, never through a link, and only so much. */
export function includesOf({ root, site }: Reach, read: Reader, name: (path: string) => string): Load {
  let left = BOUNDS.includedCharacters
  const known = new Map<string, Promise<Loaded>>()
  const load = async (path: string, words: string): Promise<Loaded> => {
    const real = await realpath(path).catch(() => null)
    if (real !== null && real !== join(await realpath(root), relative(root, path)))
      return { kind: 'missing', message: `${words}, which is reached by a link, and no link is followed` }
    const found = await read(path)
    if (found.kind === 'unread') return { kind: 'missing', message: `${words}, which ${found.why}` }
    return {
      kind: 'loaded',
      rows: textRows(found.bytes.toString('utf8'), name(path)),
      name: name(path),
      path,
    }
  }
  return async ({ by, target, relativeTo }, page) => {
    const words = `${by} names ${target}`
    const folders = relativeTo.flatMap((where) => (where === 'page' ? [dirname(page)] : site))
    const paths = folders.map((folder) => resolve(folder, target.replace(/^\/+/, '')))
    const inside = paths.filter((path) => isWithin(root, path))
    if (inside.length === 0 || target.includes('\0'))
      return {
        kind: 'withheld',
        message: `${words}, which lies outside of the folder that is audited: audit a folder that holds both`,
      }
    let first: Loaded | null = null
    for (const path of inside) {
      const loaded = known.get(path) ?? load(path, words)
      known.set(path, loaded)
      const answer = await loaded
      if (answer.kind !== 'loaded') {
        first ??= answer
        continue
      }
      left -= answer.rows.reduce((sum, { text }) => sum + text.length + 1, 0)
      if (left < 0) return { kind: 'missing', message: `${words}: this guide includes too much to be read` }
      return answer
    }
    return first!
  }
}

const isWithin = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way !== '' && way.split(sep)[0] !== '..'
}

/** A block with what it includes, where that is there. */
export async function filled(
  block: Block,
  page: string,
  load: Load,
): Promise<{ block: Block; troubles: PageDiagnostic[] }> {
  if (!block.lines.some(isIncluding)) return { block, troubles: [] }
  const troubles: PageDiagnostic[] = []
  const lines: CodeLine[] = []
  let { unread } = block
  for (const line of block.lines) {
    if (!isIncluding(line)) {
      lines.push(line)
      continue
    }
    const { inclusion } = line
    const loaded = await load(inclusion, page)
    const trouble = (message: string) => {
      troubles.push({ ...line.at, message, detail: [] })
      unread ??= message
    }
    if (loaded.kind !== 'loaded') {
      if (loaded.kind === 'withheld') unread ??= loaded.message
      else trouble(loaded.message)
    } else {
      const chosen = inclusion.select(loaded.rows, loaded.name)
      if (typeof chosen === 'string') trouble(`${inclusion.by}: ${chosen}`)
      else for (const { text, at } of chosen) lines.push({ text, at, hidden: false })
    }
  }
  return { block: { ...block, lines, ...(unread === undefined ? {} : { unread }) }, troubles }
}
