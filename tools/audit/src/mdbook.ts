import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Page } from './block.ts'
import { hideLines } from './hidden.ts'
import { expandIncludes } from './include.ts'
import { readPage } from './page.ts'
import type { Trouble } from './verdict.ts'

/** An mdBook's pages in the order of its SUMMARY.md, includes filled in and hidden lines marked. */
export type Book = { pages: readonly Page[]; troubles: readonly Trouble[] }

/** The folder that holds an mdBook's SUMMARY.md, or `null` when `folder` is no book. */
export async function sourceOfBook(folder: string): Promise<string | null> {
  const config = await readFile(join(folder, 'book.toml'), 'utf8').catch(() => null)
  const named = config === null ? undefined : /^\s*src\s*=\s*"([^"]+)"/m.exec(config)?.[1]
  for (const source of [named, 'src', '.']) {
    if (source === undefined) continue
    const found = await stat(join(folder, source, 'SUMMARY.md')).catch(() => null)
    if (found?.isFile()) return join(folder, source)
  }
  return null
}

/** Reads a book. `name` gives a path as findings name it. Nothing outside of the book's folder is read. */
export async function readBook(
  folder: string,
  source: string,
  name: (path: string) => string,
): Promise<Book> {
  const home = await realpath(folder)
  const config = await readFile(join(folder, 'book.toml'), 'utf8').catch(() => '')
  const summary = await readFile(join(source, 'SUMMARY.md'), 'utf8')
  const pages: Page[] = []
  const troubles: Trouble[] = []
  for (const { path, line, column } of chapters(summary)) {
    const file = join(source, path)
    const bytes = await readInside(home, file)
    if (bytes === null) {
      const message = `SUMMARY.md names ${path}, which is not there`
      troubles.push({ file: name(join(source, 'SUMMARY.md')), line, column, message, detail: [] })
      continue
    }
    const read = readPage(bytes, name(file))
    const load = async (target: string) => {
      const at = join(dirname(file), target)
      const found = await readInside(home, at)
      return found === null ? null : { file: name(at), text: Buffer.from(found).toString('utf8') }
    }
    const expanded = await Promise.all(read.page.blocks.map((block) => expandIncludes(block, load)))
    troubles.push(...read.troubles, ...expanded.flatMap(({ troubles }) => troubles))
    pages.push({ ...read.page, blocks: expanded.map(({ block }) => hideLines(block, config)) })
  }
  return { pages, troubles }
}

/** The links of a SUMMARY.md, in its order; one without a target is a chapter that is yet to be written. */
function chapters(summary: string): { path: string; line: number; column: number }[] {
  const seen = new Set<string>()
  return summary.split(/\r?\n/).flatMap((text, at) =>
    [...text.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].flatMap((found) => {
      const path = decodeURI(found[1]!.replace(/#.*$/, ''))
      if (path === '' || /^[a-z]+:/i.test(path) || seen.has(path)) return []
      seen.add(path)
      return [{ path, line: at + 1, column: found.index + 1 }]
    }),
  )
}

async function readInside(home: string, path: string): Promise<Uint8Array | null> {
  const real = await realpath(path).catch(() => null)
  if (real === null || (real !== home && relative(home, real).split(sep)[0] === '..')) return null
  return readFile(real).catch(() => null)
}
