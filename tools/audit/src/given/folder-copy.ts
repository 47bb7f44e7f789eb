import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, mkdir, mkdtemp, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder as it was, where commands may read it: `folder` holds a copy of its files, and `digest` says of which. */
export type FolderCopy = { folder: string; digest: string }

/** Of more than this nobody's headers are made; and what is copied is read once more for each audit. */
const MOST_FILES = 30_000
const MOST_BYTES = 256 * 1024 * 1024
const DEEPEST = 32
/** What is built, fetched or of version control, and nothing that a source includes. */
const LEFT_OUT = /^(?:\.|node_modules$|target$)/

class TooMuch extends Error {}

/**
 * Copies a folder below `folder/given`. Only regular files and folders are copied: no link is followed, so that nothing
 * outside of it is read. Answers why it cannot be copied, in words that go behind its name.
 */
export async function copyOfFolder(folder: string, source: string): Promise<FolderCopy | string> {
  const found = await stat(source).catch(() => null)
  if (found === null || !found.isDirectory()) return 'is no folder'
  const given = join(folder, 'given')
  await mkdir(given, { recursive: true })
  const copy = await mkdtemp(join(given, 'copy-'))
  const hash = createHash('sha256')
  try {
    // Where the audit works may lie in the folder that is copied.
    const left = { files: MOST_FILES, bytes: MOST_BYTES, without: await realpath(folder) }
    await copyFolder(await realpath(source), copy, hash, left, 0)
    const digest = hash.digest('hex').slice(0, 16)
    const kept = join(given, digest)
    // One that is there already is equal.
    await rename(copy, kept).catch(() => rm(copy, { recursive: true }))
    return { folder: kept, digest }
  } catch (error) {
    await rm(copy, { recursive: true, force: true })
    if (error instanceof TooMuch || (error as NodeJS.ErrnoException).code !== undefined)
      return `cannot be copied: ${(error as Error).message}`
    throw error
  }
}

async function copyFolder(
  from: string,
  to: string,
  hash: Hash,
  left: { files: number; bytes: number; without: string },
  depth: number,
): Promise<void> {
  if (depth > DEEPEST) throw new TooMuch(`it has more than ${DEEPEST} folders within each other`)
  await chmod(to, 0o755)
  const entries = await readdir(from, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)]
    if (LEFT_OUT.test(entry.name) || source === left.without) continue
    if (entry.isDirectory()) {
      hash.update(`folder ${JSON.stringify(entry.name)}\n`)
      await mkdir(copy)
      await copyFolder(source, copy, hash, left, depth + 1)
      hash.update('end\n')
    } else if (entry.isFile()) {
      const bytes = await readRegular(source, left.bytes)
      left.files--
      left.bytes -= bytes.length
      if (left.files < 0) throw new TooMuch(`it has more than ${MOST_FILES} files`)
      hash.update(`file ${JSON.stringify(entry.name)} ${bytes.length}\n`).update(bytes)
      await writeFile(copy, bytes, { mode: 0o644 })
      await chmod(copy, 0o644)
    }
  }
}

/** Reads a file that is one, and no link to one. */
async function readRegular(path: string, most: number): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const found = await handle.stat()
    if (!found.isFile()) return Buffer.alloc(0)
    if (found.size > most) throw new TooMuch(`it has more than ${MOST_BYTES / 1024 ** 2} MiB`)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
