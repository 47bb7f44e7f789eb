import { lstat, readlink, realpath, unlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Limits } from './limits.ts'
import { onHost } from './on-host.ts'
import type { Territory } from './territory.ts'
import { type Held, walk } from './walk.ts'
import { stopped } from './words.ts'

/**
 * Looks at what a command left, when nothing of it runs any more: the audit reads and writes there next, with its
 * user's rights. Takes away every link that leads out, and what is neither file nor folder; a link into `readable`
 * (a crate's header) may stay where the audit does not write. Says why what was left is not acceptable, or `null`.
 * `before` is what the folders held before the command.
 */
export async function sweep(
  { writable, shared }: Territory,
  readable: readonly string[],
  { diskBytes, files }: Limits,
  before: Held,
): Promise<string | null> {
  if (writable.length === 0) return null
  await unlock(writable)
  const { bytes, count, odd, deep } = await walk(writable, before.count + files)
  const full = bytes - before.bytes > diskBytes
  if (full || deep || count - before.count > files) {
    // Of the compiled crates, which others use as well, nothing is taken away.
    await wipe(writable.slice(0, 1))
    return full ? stopped.disk(diskBytes) : deep ? stopped.deep : stopped.files(files)
  }
  let reason: string | null = null
  for (const { path, kind } of odd) {
    const target = kind === 'link' ? await leadsTo(path) : null
    if (target !== null && (await mayStay(path.toString(), target))) continue
    await unlink(path)
    const name = below(writable, path.toString())
    reason ??= target === null ? stopped.odd(name) : stopped.link(name, target)
  }
  return reason

  async function mayStay(path: string, target: string): Promise<boolean> {
    if (isWithin(target, writable)) return true
    if (isWithin(path, shared) || !isWithin(target, readable)) return false
    const found = await lstat(target).catch(() => null)
    return found === null || found.isFile() || path.includes('/target/')
  }
}

/** Where a link ends; of one that ends nowhere, what it names. */
async function leadsTo(link: Buffer): Promise<string> {
  const named = () => readlink(link).then((target) => resolve(dirname(link.toString()), target))
  return realpath(link).catch(named)
}

export const isWithin = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

function below(folders: readonly string[], path: string): string {
  const folder = folders.find((each) => path.startsWith(`${each}/`))
  return folder === undefined ? path : path.slice(folder.length + 1)
}

/** A folder that its owner may not enter could not be looked into, nor removed. */
async function unlock(folders: readonly string[]): Promise<void> {
  const locked = ['-type', 'd', '!', '-perm', '-700']
  await onHost('find', ['-P', ...folders, ...locked, '-exec', 'chmod', 'u+rwx', '{}', ';'])
}

async function wipe(folders: readonly string[]): Promise<void> {
  await onHost('find', ['-P', ...folders, '-mindepth', '1', '-delete'])
}
