import { glob, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import type { Trouble } from '../verdict.ts'
import type { Page } from './block.ts'
import { openReader, pagesBelow } from './guide-files.ts'
import { bookAt, readBook } from './mdbook.ts'
import { readPage } from './page.ts'

export type ReadGuide = { pages: readonly Page[]; troubles: readonly Trouble[] }

/**
 * Reads the pages that the arguments name: files, folders (an mdBook in the order of its SUMMARY.md, else every .md
 * file below it), and patterns such as `docs/*.md`. Pages are named by their path from `cwd`.
 */
export async function readGuide(args: readonly string[], cwd: string): Promise<ReadGuide> {
  const pages: Page[] = []
  const troubles: Trouble[] = []
  const seen = new Set<string>()
  const read = openReader()
  const name = (path: string) => relative(cwd, path) || path
  const trouble = (path: string, message: string) =>
    troubles.push({ file: path, line: 1, column: 1, message, detail: [] })
  for (const arg of args) {
    const paths = await matches(arg, cwd)
    if (paths.length === 0) trouble(arg, `there is no file, folder or match for ${arg}`)
    for (const path of paths) {
      const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
      const book = isFolder ? await bookAt(path, read, name) : null
      if (book !== null) {
        const { pages: chapters, troubles: found } = await readBook(book, read, name)
        pages.push(...chapters)
        troubles.push(...found)
        continue
      }
      const { files, unread } = isFolder ? await pagesBelow(path) : { files: [path], unread: [] }
      for (const { path, why } of unread) trouble(name(path), `${name(path)} ${why}`)
      if (files.length === 0 && unread.length === 0) trouble(name(path), 'this folder holds no .md file')
      for (const file of files) {
        if (seen.has(file)) continue
        seen.add(file)
        const found = await read(file)
        if (found.kind === 'unread') {
          trouble(name(file), `${name(file)} ${found.why}`)
          continue
        }
        const { page, troubles: own } = readPage(found.bytes, name(file))
        // A page without code is a page; what is no page at all must not pass for one.
        if (!isFolder && page.blocks.length === 0 && !/\.(?:md|markdown)$/.test(file))
          trouble(name(file), `${name(file)} holds no fenced block, expected a page of Markdown`)
        pages.push(page)
        troubles.push(...own)
      }
    }
  }
  return { pages, troubles }
}

async function matches(arg: string, cwd: string): Promise<string[]> {
  const whole = (path: string) => (isAbsolute(arg) ? path : join(cwd, path))
  if ((await stat(whole(arg)).catch(() => null)) !== null) return [whole(arg)]
  const found: string[] = []
  for await (const match of glob(arg, { cwd })) found.push(whole(match))
  return found.sort()
}
