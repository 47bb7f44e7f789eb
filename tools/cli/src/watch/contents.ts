import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentsFindings, type Finding, WHOLE_GUIDE } from '@cookbook/guide'

/** What is wrong with the table of contents now; nothing while a file of it cannot be read, which is being saved. */
export async function lookAtContents(root: string): Promise<readonly Finding[]> {
  try {
    const [readme, manifest] = await Promise.all(
      ['README.md', `${WHOLE_GUIDE}/package.json`].map((path) => readFile(join(root, path), 'utf8')),
    )
    return await contentsFindings(root, readme!, Object.keys(JSON.parse(manifest!).dependencies))
  } catch {
    return []
  }
}
