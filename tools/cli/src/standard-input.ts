import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ReadGuide, readGuide } from '@cookbook/audit'

/** What stands for standard input among the names of pages, and how its page is called in reports. */
const STDIN = '-'
const NAME = 'stdin.md'
/** More than a page may hold: what is longer is refused, however much there is. */
const MOST_BYTES = 4 * 1024 * 1024

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
    await writeFile(join(folder, NAME), await upTo(MOST_BYTES, stdin))
    const own = await readGuide([NAME], folder)
    return { pages: [...guide.pages, ...own.pages], troubles: [...guide.troubles, ...own.troubles] }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function upTo(most: number, stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let left = most
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk))
    left -= chunk.length
    if (left < 0) break
  }
  return Buffer.concat(chunks)
}
