import { join } from 'node:path'
import { writeFileAtomic } from './write-file-atomic.ts'

/** Of https://bford.info/cachedir/: what this file begins with is what counts. */
const TAG = `Signature: 8a477f597d28d172789f06886806bc55
# Everything here is built, and can be built again.
`

/**
 * Makes a folder for cargo to build in. cargo marks the folders that it makes itself, and newer ones (1.99, not 1.96)
 * clean no other.
 */
export function makeCacheFolder(folder: string): Promise<void> {
  return writeFileAtomic(join(folder, 'CACHEDIR.TAG'), TAG)
}
