import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type ReadGuide, readGuide } from '@cookbook/audit'

/** What stands for standard input among the names of pages, and how its page is called in reports. */
const STDIN = '-'
const NAME = 'stdin.md'

/** Reads the pages that are named as `readGuide` does, and for `-` a page of Markdown from standard input. */
export async function readPages(
  names: readonly string[],
  cwd: string,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<ReadGuide> {
  if (!names.includes(STDIN)) return readGuide(names, cwd)
  const named = names.filter((name) => name !== STDIN)
  const guide = named.length === 0 ? { pages: [], troubles: [] } : await readGuide(named, cwd)
  // A folder of its own, so that nothing beside it is part of the page.
  const folder = await mkdtemp(join(tmpdir(), 'cookbook-stdin-'))
  try {
    await writeFile(join(folder, NAME), await buffer(stdin))
    const own = await readGuide([NAME], folder)
    return { pages: [...guide.pages, ...own.pages], troubles: [...guide.troubles, ...own.troubles] }
  } finally {
    await rm(folder, { recursive: true })
  }
}
