import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The package that judges all patterns together, turbo's last task: its name, and its folder below the root. */
export const WHOLE_GUIDE = 'whole-guide'

/** The names of the folders below patterns/ that are packages, sorted. `root` is the repository's. */
export async function findPatterns(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'patterns'), { withFileTypes: true }).catch(absent)
  const names = await Promise.all(
    entries.map(async ({ name }) => {
      const found = await stat(join(root, 'patterns', name, 'package.json')).catch(() => null)
      return found?.isFile() ? [name] : []
    }),
  )
  return names.flat().sort()
}

function absent(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}
