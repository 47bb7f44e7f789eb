import { dirname, join } from 'node:path'
import type { Block, Page } from '../block.ts'
import { pagesBelow } from '../guide-files.ts'
import { DOCUMENTS, formatOf } from './format.ts'
import { folderAbove, isOfLibrary } from './site.ts'

/**
 * A page that documentation of a package includes is tried there, and not once more by itself; one that another page
 * includes is read by itself, and not there.
 */
export function withoutCopies(pages: readonly Page[]): Page[] {
  const key = ({ file, line }: Block) => `${line} ${file}`
  const examples = new Set(
    pages.flatMap(({ blocks }) => blocks.filter(({ role }) => role === 'example').map(key)),
  )
  const read = new Set(pages.map(({ file }) => file))
  const isPage = ({ file, includes }: Block) =>
    includes !== undefined && read.has(join(dirname(file), includes))
  return pages.map((page) => ({
    ...page,
    blocks: page.blocks.filter(
      (block) => block.role === 'example' || !(examples.has(key(block)) || isPage(block)),
    ),
  }))
}

/** The documents below a folder: source files are, where what makes documentation of them is set up. */
export async function documentsBelow(folder: string): Promise<Awaited<ReturnType<typeof pagesBelow>>> {
  const { files, unread } = await pagesBelow(folder, DOCUMENTS)
  const kept: string[] = []
  for (const file of files) {
    const { setUpBy } = formatOf(file)!
    const above = setUpBy === null ? folder : await folderAbove(dirname(file), setUpBy)
    if (
      above === null ||
      (setUpBy !== null && !(`${above}/`.startsWith(`${folder}/`) || folder.startsWith(`${above}/`)))
    )
      continue
    if (!file.endsWith('.rs') || isOfLibrary(file, above)) kept.push(file)
  }
  // A source file that documents nothing may be anything.
  return { files: kept, unread: unread.filter(({ path }) => (formatOf(path)?.setUpBy ?? null) === null) }
}
