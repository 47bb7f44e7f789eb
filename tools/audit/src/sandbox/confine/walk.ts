import { isUtf8 } from 'node:buffer'
import { constants, type Dirent } from 'node:fs'
import { type FileHandle, lstat, open, opendir } from 'node:fs/promises'

/** What folders hold, counted without following a link. */
export type Held = {
  /** On the disk, so that holes in a file are nothing. */
  bytes: number
  /** Files, folders, links and all else. */
  count: number
  /** Whether paths are longer than an honest build makes them; then not all was counted. */
  deep: boolean
  /** Whether a name is no text. */
  nameless: boolean
  /** Whether something could not be looked into; then not all was counted. */
  unreadable: boolean
}

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants
const DEPTH = 48
const PATH_BYTES = 2048
const AT_ONCE = 512

/**
 * Counts all below a folder by descriptors, so that nobody who swaps a folder for a link meanwhile leads it elsewhere.
 * Names are bytes: a hostile one need not be text. Ends early above `limit` entries.
 */
export async function walk(folder: string, limit: number): Promise<Held> {
  const held: Held = { bytes: 0, count: 0, deep: false, nameless: false, unreadable: false }
  await within(Buffer.from(folder), 0, 0)
  return held

  async function within(path: Buffer, depth: number, length: number): Promise<void> {
    const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK).catch(() => null)
    if (handle === null) held.unreadable = true
    else
      await look(handle, depth, length)
        .catch(() => {
          held.unreadable = true
        })
        .finally(() => handle.close())
  }

  async function look({ fd }: FileHandle, depth: number, length: number): Promise<void> {
    const own = Buffer.from(`/proc/self/fd/${fd}/`)
    // The types of Node know of no names as bytes here.
    const entries = (await opendir(own, {
      encoding: 'buffer' as BufferEncoding,
      bufferSize: AT_ONCE,
    })) as unknown as AsyncIterable<Dirent<Buffer>>
    const folders: { path: Buffer; length: number }[] = []
    let paths: Buffer[] = []
    const measure = async () => {
      for (const found of await Promise.all(paths.map((path) => lstat(path).catch(() => null))))
        held.bytes += (found?.blocks ?? 0) * 512
      paths = []
    }
    for await (const entry of entries) {
      if (++held.count > limit) return
      const path = Buffer.concat([own, entry.name])
      paths.push(path)
      held.nameless ||= !isUtf8(entry.name)
      if (entry.isDirectory()) folders.push({ path, length: length + entry.name.length + 1 })
      if (paths.length === AT_ONCE) await measure()
    }
    await measure()
    for (const { path, length } of folders)
      if (depth === DEPTH || length > PATH_BYTES) held.deep = true
      else if (held.count <= limit) await within(path, depth + 1, length)
  }
}
