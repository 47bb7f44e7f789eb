import { isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { open, opendir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { BOUNDS, counted } from './bounds.ts'

/** A file's bytes, or why they are not read, as the end of a sentence that names the file. */
export type FileRead = { kind: 'read'; bytes: Buffer } | { kind: 'unread'; why: string }

/** Reads files of one guide, each once, each and all of them bounded. Nothing but a regular file is ever opened. */
export type Reader = (path: string) => Promise<FileRead>

const unread = (why: string): FileRead => ({ kind: 'unread', why })

/** `unsaved` is what an editor holds of files, by their path: it is read in their place. */
export function openReader(unsaved: ReadonlyMap<string, Buffer> = new Map()): Reader {
  let left = BOUNDS.guideBytes
  const known = new Map<string, Promise<FileRead>>()
  return (path) => {
    const found = known.get(path) ?? readFile(path)
    known.set(path, found)
    return found
  }

  async function readFile(path: string): Promise<FileRead> {
    try {
      if (!(await stat(path)).isFile()) return unread('is no regular file')
      const bytes = unsaved.get(path) ?? (await readBounded(path, BOUNDS.pageBytes))
      if (bytes.length > BOUNDS.pageBytes)
        return unread(`is longer than ${counted(BOUNDS.pageBytes)} bytes, and is not read`)
      left -= bytes.length
      if (left < 0)
        return unread(`is not read: the guide holds more than ${counted(BOUNDS.guideBytes)} bytes`)
      return { kind: 'read', bytes }
    } catch (error) {
      return unread(reasonOf(error))
    }
  }
}

/** What a file holds, and no more of it than one byte above a limit. */
export async function readBounded(path: string, limit: number): Promise<Buffer> {
  // What was a file a moment ago may be a pipe now, which nobody writes to.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is no regular file')
    const chunks: Buffer[] = []
    for await (const chunk of handle.createReadStream({ end: limit, autoClose: false })) chunks.push(chunk)
    return Buffer.concat(chunks)
  } finally {
    await handle.close()
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'is not there' : `cannot be read: ${code ?? message}`
}

/** A file or folder that is not read, by its path as text, and why. */
export type Unread = { path: string; why: string }

const LEFT_OUT = ['node_modules', 'target', '.git']

/** What a folder is read for, sorted. No link is followed but that of a page to a file of the same folder. */
export async function pagesBelow(
  folder: string,
  wanted: RegExp,
  links: 'within' | 'none' = 'within',
): Promise<{ files: string[]; unread: Unread[] }> {
  const files: string[] = []
  const unread: Unread[] = []
  const home = await realpath(folder)
  const open = [{ path: folder, depth: 0 }]
  let entries = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path: above, depth } = next
    try {
      for await (const entry of await opendir(above, { encoding: 'buffer' as BufferEncoding })) {
        if (++entries > BOUNDS.entries) {
          unread.push({ path: folder, why: `holds more than ${counted(BOUNDS.entries)} files` })
          return { files: files.sort(), unread }
        }
        // The declarations of Node do not know that names are bytes here.
        const bytes = entry.name as unknown as Buffer
        const path = join(above, bytes.toString('utf8'))
        const isPage = !entry.isDirectory() && wanted.test(path)
        if (!isPage && !entry.isDirectory()) continue
        if (LEFT_OUT.includes(bytes.toString('utf8')) && entry.isDirectory()) continue
        if (!isUtf8(bytes)) unread.push({ path, why: 'has a name that is not UTF-8' })
        else if (!isPage && depth >= BOUNDS.depth) unread.push({ path, why: 'lies too deep' })
        else if (!isPage) open.push({ path, depth: depth + 1 })
        else if (entry.isFile()) files.push(path)
        else if (links === 'none') continue
        else if (!entry.isSymbolicLink()) unread.push({ path, why: 'is no regular file' })
        else if (await isBelow(home, path)) files.push(path)
        else unread.push({ path, why: 'is a link that leads out of its folder, or nowhere' })
      }
    } catch (error) {
      unread.push({ path: above, why: reasonOf(error) })
    }
  }
  return { files: files.sort(), unread }
}

/** Whether a path leads, by whatever links, to something below `home`, itself the real path of a folder. */
export async function isBelow(home: string, path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => null)
  return real !== null && (real === home || relative(home, real).split(sep)[0] !== '..')
}
