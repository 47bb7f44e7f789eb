import { glob, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import type { Trouble } from '../verdict.ts'
import type { Page } from './block.ts'
import { openReader, pagesBelow, type Reader } from './guide-files.ts'
import { hideLines } from './hidden.ts'
import { type BookPlace, bookAt, readBook } from './mdbook.ts'
import { readPage } from './page.ts'

export type ReadGuide = { pages: readonly Page[]; troubles: readonly Trouble[] }

/**
 * Reads the pages that the arguments name: files, folders (an mdBook in the order of its SUMMARY.md, else every .md
 * file below it), and patterns such as `docs/*.md`. Pages are named by their path from `cwd`. Of a page or a folder
 * within a book, the book says what is included and hidden. What a book includes is read from the folder that is named
 * and the book's own, and from nowhere else.
 */
export async function readGuide(args: readonly string[], cwd: string): Promise<ReadGuide> {
  const pages: Page[] = []
  const troubles: Trouble[] = []
  const seen = new Set<string>()
  const read = openReader()
  const name = (path: string) => relative(cwd, path) || path
  const trouble = (path: string, message: string) =>
    troubles.push({ file: path, line: 1, column: 1, message, detail: [] })

  async function addBook(book: BookPlace, home: string, wanted: (file: string) => boolean) {
    const found = await readBook(book, read, name, { home: await realpath(home), wanted })
    pages.push(...found.pages)
    troubles.push(...found.troubles)
    return found.pages.length
  }

  async function addPage(file: string, isNamed: boolean) {
    if (seen.has(file)) return
    seen.add(file)
    const found = await read(file)
    if (found.kind === 'unread') {
      trouble(name(file), `${name(file)} ${found.why}`)
      return
    }
    const { page, troubles: own } = readPage(found.bytes, name(file))
    // A page without code is a page; what is no page at all must not pass for one.
    if (isNamed && page.blocks.length === 0 && !/\.(?:md|markdown)$/.test(file))
      trouble(name(file), `${name(file)} holds no fenced block, expected a page of Markdown`)
    // rustdoc hides lines of a crate's README as it does of its documentation.
    pages.push({ ...page, blocks: page.blocks.map((block) => hideLines(block, new Map())) })
    troubles.push(...own)
  }

  for (const arg of args) {
    const paths = await matches(arg, cwd)
    if (paths.length === 0) trouble(arg, `there is no file, folder or match for ${arg}`)
    for (const path of paths) {
      const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
      const own = isFolder ? await bookAt(path, read, name) : null
      if (own !== null) {
        await addBook(own, path, () => true)
        continue
      }
      const above = await bookAbove(path, read, name)
      const below = (file: string) => file === path || file.startsWith(`${path}/`)
      if (above !== null && (await addBook(above, above.folder, below)) > 0) continue
      const { files, unread } = isFolder ? await pagesBelow(path) : { files: [path], unread: [] }
      for (const { path, why } of unread) trouble(name(path), `${name(path)} ${why}`)
      if (files.length === 0 && unread.length === 0) trouble(name(path), 'this folder holds no .md file')
      const books = await booksAmong(files, path, read, name)
      const added = new Set<BookPlace>()
      for (const file of files) {
        const book = books.find(({ source }) => file.startsWith(`${source}/`))
        if (book === undefined) await addPage(file, !isFolder)
        else if (!added.has(book)) {
          added.add(book)
          await addBook(book, path, () => true)
        }
      }
    }
  }
  return { pages, troubles }
}

/** How far above a page its book is looked for. */
const ABOVE = 8

/** The book that a page or a folder lies in; none is looked for above a repository. */
async function bookAbove(
  path: string,
  read: Reader,
  name: (path: string) => string,
): Promise<BookPlace | null> {
  let folder = dirname(path)
  for (let left = ABOVE; left > 0; left--, folder = dirname(folder)) {
    const book = (await isFile(join(folder, 'book.toml'))) ? await bookAt(folder, read, name) : null
    if (book !== null) return path.startsWith(`${book.source}/`) ? book : null
    if (folder === dirname(folder) || (await stat(join(folder, '.git')).catch(() => null)) !== null)
      return null
  }
  return null
}

/** The books in folders between the pages and the folder that is read. */
async function booksAmong(
  files: readonly string[],
  top: string,
  read: Reader,
  name: (path: string) => string,
): Promise<BookPlace[]> {
  const folders = new Set<string>()
  for (const file of files)
    for (let at = dirname(file); at.length > top.length && !folders.has(at); at = dirname(at)) folders.add(at)
  const books: BookPlace[] = []
  for (const folder of [...folders].sort()) {
    const book = (await isFile(join(folder, 'book.toml'))) ? await bookAt(folder, read, name) : null
    if (book !== null) books.push(book)
  }
  return books
}

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false

async function matches(arg: string, cwd: string): Promise<string[]> {
  const whole = (path: string) => (isAbsolute(arg) ? path : join(cwd, path))
  if ((await stat(whole(arg)).catch(() => null)) !== null) return [whole(arg)]
  const found: string[] = []
  for await (const match of glob(arg, { cwd })) found.push(whole(match))
  return found.sort()
}
