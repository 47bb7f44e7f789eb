import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a command of ours measured and wrote into docs/data; `otherwise` before it first did. */
export function readData<T>(root: string, file: string, otherwise: T): T {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : otherwise
}
