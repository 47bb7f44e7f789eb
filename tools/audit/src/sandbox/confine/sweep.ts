import type { Limits } from './limits.ts'
import { stopped } from './messages.ts'
import { walk } from './walk.ts'

/** Why what a command left is not acceptable, or `null`. Nothing of it is changed, read or followed. */
export async function sweep(folder: string, { diskBytes, files }: Limits): Promise<string | null> {
  const { bytes, count, deep, nameless, unreadable } = await walk(folder, files)
  if (bytes > diskBytes) return stopped.disk(diskBytes)
  if (count > files) return stopped.files(files)
  if (deep) return stopped.deep
  if (nameless) return stopped.nameless
  return unreadable ? stopped.unreadable : null
}
