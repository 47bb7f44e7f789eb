import { glob, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Page } from './block.ts'
import { readBook, sourceOfBook } from './mdbook.ts'
import { readPage } from './page.ts'
import type { Trouble } from './verdict.ts'

export type ReadGuide = { pages: readonly Page[]; troubles: readonly Trouble[] }

/**
 * Reads the pages that the arguments name: files, folders (an mdBook in the order of its SUMMARY.md, else every .md
 * file below it), and patterns such as `docs/*.md`. Pages are named by their path from `cwd`.
 */
export async function readGuide(args: readonly string[], cwd: string): Promise<ReadGuide> {
  const pages: Page[] = []
  const troubles: Trouble[] = []
  const seen = new Set<string>()
  const name = (path: string) => relative(cwd, path) || path
  const missing = (path: string, message: string) =>
    troubles.push({ file: path, line: 1, column: 1, message, detail: [] })
  for (const arg of args) {
    const paths = await matches(arg, cwd)
    if (paths.length === 0) missing(arg, `there is no file, folder or match for ${arg}`)
    for (const path of paths) {
      const found = await stat(path).catch(() => null)
      const source = found?.isDirectory() ? await sourceOfBook(path) : null
      if (source !== null) {
        const book = await readBook(path, source, name)
        pages.push(...book.pages)
        troubles.push(...book.troubles)
        continue
      }
      const files = found?.isDirectory() ? await pagesBelow(path) : [path]
      if (files.length === 0) missing(name(path), 'this folder holds no .md file')
      for (const file of files) {
        if (seen.has(file)) continue
        seen.add(file)
        const read = readPage(await readFile(file), name(file))
        pages.push(read.page)
        troubles.push(...read.troubles)
      }
    }
  }
  return { pages, troubles }
}

async function matches(arg: string, cwd: string): Promise<string[]> {
  const path = join(arg.startsWith('/') ? '' : cwd, arg)
  if ((await stat(path).catch(() => null)) !== null) return [path]
  const found: string[] = []
  for await (const match of glob(arg, { cwd })) found.push(join(arg.startsWith('/') ? '' : cwd, match))
  return found.sort()
}

async function pagesBelow(folder: string): Promise<string[]> {
  const found: string[] = []
  for await (const path of glob('**/*.{md,markdown}', {
    cwd: folder,
    exclude: ['**/node_modules', '**/target', '**/.git'],
  }))
    found.push(join(folder, path))
  return found.sort()
}
