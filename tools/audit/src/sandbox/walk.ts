import { lstat, readdir } from 'node:fs/promises'

export type Entry = { path: Buffer; kind: 'file' | 'link' | 'other' }
/** What folders hold: bytes on the disk, and files, folders and links. */
export type Held = { bytes: number; count: number }

export type Walk = Held & {
  /** Links, and what is neither file, folder nor link. */
  odd: readonly Entry[]
  /** Whether folders lie deeper in each other than an honest build puts them; then not all was looked at. */
  deep: boolean
}

const SLASH = Buffer.from('/')
const DEPTH = 48

/**
 * All below the folders, without following a link. Names are bytes: a hostile one need not be text. Ends early above
 * `limit` entries. What is gone while it looks is not there.
 */
export async function walk(folders: readonly string[], limit: number): Promise<Walk> {
  const odd: Entry[] = []
  let [bytes, count, deep] = [0, 0, false]
  const open = folders.map((folder) => ({ folder: Buffer.from(folder), depth: 0 }))
  for (let next = open.pop(); next !== undefined && count <= limit; next = open.pop()) {
    const { folder, depth } = next
    const there = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch(() => [])
    count += there.length
    if (count > limit) break
    const paths = there.map(({ name }) => Buffer.concat([folder, SLASH, name]))
    for (const [at, entry] of there.entries()) {
      const path = paths[at]!
      if (entry.isDirectory() && depth < DEPTH) open.push({ folder: path, depth: depth + 1 })
      else if (entry.isDirectory()) deep = true
      else if (!entry.isFile()) odd.push({ path, kind: entry.isSymbolicLink() ? 'link' : 'other' })
    }
    const sizes = await Promise.all(paths.map((path) => lstat(path).catch(() => null)))
    for (const found of sizes) bytes += (found?.blocks ?? 0) * 512
  }
  return { bytes, count, odd, deep }
}
