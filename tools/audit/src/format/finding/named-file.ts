import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** What a caller may name as a file, and is a link of the system's own. */
const OF_SYSTEM = /^\/(?:dev|proc)\//

/** Writes a file that the caller names. It may lie in a guide, which can hold a link of that name to any other place. */
export async function writeNamedFile(path: string, text: string): Promise<void> {
  const follow = OF_SYSTEM.test(path) ? 0 : constants.O_NOFOLLOW
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | follow
  const handle = await open(path, flags, 0o666).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') error.message = `${path} is a link, which is not followed`
    throw error
  })
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}
