import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '@cookbook/toolchain'
import type { Page } from '../document/block.ts'
import type { Lint } from '../verdict.ts'
import { ownSource } from './own-source.ts'

/** The lints of pages; those of a page that has not changed are recalled from `folder`, unless `cache` says not to. */
export async function lintsOf(pages: readonly Page[], folder: string, cache: boolean): Promise<Lint[]> {
  const found = await Promise.all(pages.map((page) => ofPage(page, folder, cache)))
  return found.flat()
}

async function ofPage(page: Page, folder: string, cache: boolean): Promise<Lint[]> {
  const key = createHash('sha256')
    .update(JSON.stringify([ownSource(), page]))
    .digest('hex')
  const path = join(folder, 'lints', `${key.slice(0, 32)}.json`)
  const known = cache ? await readFile(path, 'utf8').catch(() => null) : null
  if (known !== null) return JSON.parse(known)
  // Loaded here, because the grammars take longer than all else of an audit that recalls everything.
  const { lint } = await import('../lint/index.ts')
  const lints = await lint([page])
  if (cache) await writeFileAtomic(path, JSON.stringify(lints))
  return lints
}
