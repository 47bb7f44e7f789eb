import { constants } from 'node:fs'
import { access, glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { notOurs, readOnly } from './messages.ts'

/** The folders into which a verification writes, as far as they are there. */
const WRITTEN = [
  'target',
  'target/*/',
  '.turbo',
  '.turbo/*/',
  'whole-guide',
  'patterns/*/',
  'tools/toolchain',
]

/** Why the caller cannot verify anything in the checkout at `root`, because it cannot be written; else `null`. */
export async function unwritable(root: string): Promise<{ problem: string; fix: string } | null> {
  const found = (await Array.fromAsync(glob(WRITTEN, { cwd: root }))).sort()
  for (const path of ['.', ...found]) {
    const code = await access(join(root, path), constants.W_OK | constants.X_OK).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    )
    if (code === 'EROFS') return readOnly(path)
    if (code === 'EACCES') return notOurs(path, (await stat(join(root, path))).uid, process.getuid!())
  }
  return null
}
