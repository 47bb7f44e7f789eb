import { glob, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import type { PageDiagnostic } from '../../verdict.ts'
import type { Block, Page } from '../block.ts'
import { type BookPlace, bookAt, readBook } from '../book/mdbook.ts'
import { openReader, type Reader } from '../guide-files.ts'
import type { Load } from '../inclusion.ts'
import type { libraryIn } from '../source/library.ts'
import { documentsBelow, withoutCopies } from './documents.ts'
import { formatOf } from './format.ts'
import { filled, includesOf } from './includes.ts'
import { folderAbove, reachOf } from './site.ts'

export type ReadGuide = { pages: readonly Page[]; troubles: readonly PageDiagnostic[] }

/**
 * Reads the pages that the arguments name: files, folders (an mdBook in the order of its SUMMARY.md, else every .md
 * file below it), and patterns such as `docs/*.md`. Pages are named by their path from `cwd`. Of a page or a folder
 * within a book, the book says what is included and hidden. What a book includes is read from the folder that is named
 * and the book's own, and from nowhere else. Of `unsaved` files, by their path, the given content is read.
 */
export async function readGuide(
  args: readonly string[],
  cwd: string,
  unsaved?: ReadonlyMap<string, Buffer>,
): Promise<ReadGuide> {
  const pages: Page[] = []
  const troubles: PageDiagnostic[] = []
  const seen = new Set<string>()
  const libraries = new Map<string, ReturnType<typeof libraryIn>>()
  const read = openReader(unsaved)
  const name = (path: string) => relative(cwd, path) || path
  const trouble = (path: string, message: string) =>
    troubles.push({ file: path, line: 1, column: 1, message, detail: [] })

  async function addBook(book: BookPlace, home: string, wanted: (file: string) => boolean) {
    const found = await readBook(book, read, name, { home: await realpath(home), wanted })
    pages.push(...found.pages)
    troubles.push(...found.troubles)
    return found.pages.length
  }

  async function addPage(file: string, isNamed: boolean, named: string) {
    if (seen.has(file)) return
    seen.add(file)
    const found = await read(file)
    if (found.kind === 'unread') {
      trouble(name(file), `${name(file)} ${found.why}`)
      return
    }
    const format = formatOf(file) ?? formatOf('page.md')!
    const load = await loaderFor(file, named)
    const { page, troubles: own } = await format.read(found.bytes, name(file), file, load)
    troubles.push(...own)
    // A page without code is a page; what is no page at all must not pass for one.
    if (isNamed && page.blocks.length === 0 && format.name !== 'Markdown')
      trouble(name(file), `${name(file)} holds no block of code, expected documentation of ${format.name}`)
    else if (isNamed && page.blocks.length === 0 && formatOf(file) === null)
      trouble(name(file), `${name(file)} holds no fenced block, expected a page of Markdown`)
    const blocks: Block[] = []
    for (const block of page.blocks) {
      const whole = await filled(block, file, load)
      troubles.push(...whole.troubles)
      blocks.push(whole.block)
    }
    const documented = format.name === 'Doxygen' && /\.(?:h|hh|hpp|hxx)$/.test(file) && blocks.length > 0
    if (documented) {
      const { headersOf, withHeader } = await import('../source/headers.ts')
      const headers = await headersOf(found.bytes.toString('utf8'), file, name(file), load)
      pages.push({ file: name(file), title: name(file), blocks: headers.blocks })
      pages.push({ ...page, blocks: blocks.map((block) => withHeader(block, name(file), headers)) })
      return
    }
    pages.push({
      ...page,
      blocks: blocks.some(({ role }) => role === 'example') ? await withLibrary(file, blocks) : blocks,
    })
  }

  /** The examples of a package's documentation; its library is a page before the first of them. */
  async function withLibrary(file: string, blocks: readonly Block[]): Promise<readonly Block[]> {
    const folder = await folderAbove(dirname(file), ['Cargo.toml'])
    if (folder === null) return blocks
    const unit = name(folder)
    const { inLibrary, libraryIn } = await import('../source/library.ts')
    const known = libraries.get(unit) ?? libraryIn(folder, read, name)
    const library = await known
    if (!libraries.has(unit)) {
      libraries.set(unit, known)
      if (library !== null && 'blocks' in library)
        pages.push({ file: unit, title: unit, blocks: library.blocks })
    }
    return blocks.map((block) => inLibrary(block, unit, library))
  }

  const loaders = new Map<string, Load>()
  async function loaderFor(file: string, named: string): Promise<Load> {
    const crate = file.endsWith('.rs') ? await folderAbove(dirname(file), ['Cargo.toml']) : null
    const around = crate !== null && named.startsWith(`${crate}/`) ? crate : named
    const reach = await reachOf(dirname(file), around, read)
    const key = JSON.stringify(reach)
    const load = loaders.get(key) ?? includesOf(reach, read, name)
    loaders.set(key, load)
    return load
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
      const { files, unread } = isFolder ? await documentsBelow(path) : { files: [path], unread: [] }
      for (const { path, why } of unread) trouble(name(path), `${name(path)} ${why}`)
      if (files.length === 0 && unread.length === 0)
        trouble(name(path), 'this folder holds no .md file, and none of another format')
      const books = await booksAmong(files, path, read, name)
      const added = new Set<BookPlace>()
      for (const file of files) {
        const book = books.find(({ source }) => file.startsWith(`${source}/`))
        if (book === undefined) await addPage(file, !isFolder, isFolder ? path : dirname(path))
        else if (!added.has(book)) {
          added.add(book)
          await addBook(book, path, () => true)
        }
      }
    }
  }
  return { pages: withoutCopies(pages), troubles }
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
