import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'smol-toml'
import type { PageDiagnostic } from '../../verdict.ts'
import type { Block, Page } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import { type FileRead, isBelow, type Reader } from '../guide-files.ts'
import { hideLines } from '../markdown/hidden.ts'
import { readPage } from '../markdown/page.ts'
import { expandIncludes, type Load } from './include.ts'

/** Where an mdBook is: its folder, the one that holds its SUMMARY.md, and what its book.toml sets. */
export type BookPlace = {
  folder: string
  source: string
  settings: Settings
  troubles: readonly PageDiagnostic[]
}

/** An mdBook's pages in the order of its SUMMARY.md, includes filled in and hidden lines marked. */
export type Book = { pages: readonly Page[]; troubles: readonly PageDiagnostic[] }

/** What of a book.toml is of use here. `hidelines` holds a prefix by a language. */
export type Settings = {
  src: string | null
  hidelines: ReadonlyMap<string, string>
  /** Of its Rust, where the book says one. */
  edition: string | null
}

type Name = (path: string) => string

/** The mdBook in a folder, or `null` when it holds none. `name` gives a path as findings name it. */
export async function bookAt(folder: string, read: Reader, name: Name): Promise<BookPlace | null> {
  const config = join(folder, 'book.toml')
  const found = await read(config)
  const text = found.kind === 'read' ? found.bytes.toString('utf8') : ''
  const settings = settingsOf(text)
  const troubles: PageDiagnostic[] = []
  const trouble = (message: string, line = 1) =>
    troubles.push({ file: name(config), line, column: 1, message, detail: [] })
  if (settings === null) trouble('this book.toml is no TOML, and says nothing')
  const home = await realpath(folder)
  const { src = null } = settings ?? {}
  if (src !== null && !(await isBelow(home, join(folder, src)))) {
    const line = text.split('\n').findIndex((row) => /^[ \t]*src[ \t]*=/.test(row))
    trouble(`src names ${src}, which is not within the book's folder`, line + 1)
    return { folder, source: folder, settings: NOTHING, troubles }
  }
  for (const source of [src, 'src', '.']) {
    if (source === null) continue
    const summary = await read(join(folder, source, 'SUMMARY.md'))
    if (summary.kind === 'read')
      return { folder, source: join(folder, source), settings: settings ?? NOTHING, troubles }
  }
  return null
}

const NOTHING: Settings = { src: null, hidelines: new Map(), edition: null }

/** `null` where the text is no TOML. */
function settingsOf(text: string): Settings | null {
  let root: unknown
  try {
    root = parse(text)
  } catch {
    return null
  }
  const at = (...path: string[]): unknown =>
    path.reduce<unknown>(
      (table, key) =>
        typeof table === 'object' && table !== null && Object.hasOwn(table, key)
          ? (table as Record<string, unknown>)[key]
          : undefined,
      root,
    )
  const src = at('book', 'src') ?? at('src')
  const prefixes = Object.entries(at('output', 'html', 'code', 'hidelines') ?? {})
  const edition = at('rust', 'edition')
  return {
    src: typeof src === 'string' ? src : null,
    edition: typeof edition === 'string' && /^20\d\d$/.test(edition) ? edition : null,
    hidelines: new Map(prefixes.filter(([, prefix]) => typeof prefix === 'string' && prefix !== '')),
  }
}

/** Where a book may be read from: the real path of a folder, and which of its pages are asked for. */
export type Reach = { home: string; wanted: (file: string) => boolean }

/** Reads a book. Nothing outside of the folder `home` is read. */
export async function readBook(
  { source, settings, troubles: known }: BookPlace,
  read: Reader,
  name: Name,
  { home, wanted }: Reach,
): Promise<Book> {
  const isInside = async (path: string) =>
    // What is not there leads nowhere, and reading it says so.
    (await isBelow(home, path)) || !(await realpath(path).catch(() => null))
  const readInside = async (path: string): Promise<FileRead> =>
    (await isInside(path)) ? read(path) : { kind: 'unread', why: 'the book does not hold' }
  const pages: Page[] = []
  const troubles: PageDiagnostic[] = [...known]
  const list = join(source, 'SUMMARY.md')
  const summary = await readInside(list)
  if (summary.kind === 'unread') return { pages, troubles }
  for (const { path, line, column } of chapters(summary.bytes.toString('utf8'))) {
    const trouble = (message: string) =>
      troubles.push({ file: name(list), line, column, message, detail: [] })
    if (path === null) {
      trouble('this link is no URI')
      continue
    }
    const file = join(source, path)
    if (!wanted(file)) continue
    const found = await readInside(file)
    if (found.kind === 'unread') {
      trouble(`SUMMARY.md names ${path}, which ${found.why}`)
      continue
    }
    const { page, troubles: own } = readPage(found.bytes, name(file), { playgrounds: true })
    troubles.push(...own)
    const blocks: Page['blocks'][number][] = []
    const load = loader(dirname(file), readInside, isInside, name)
    for (const block of page.blocks) {
      const expanded = await expandIncludes(block, load)
      troubles.push(...expanded.troubles)
      blocks.push(hideLines(inEdition(expanded.block, settings.edition), settings.hidelines))
    }
    pages.push({ ...page, blocks })
  }
  return { pages, troubles }
}

/** A block of Rust of the book's edition, unless its fence says another. */
function inEdition(block: Block, edition: string | null): Block {
  const own = block.attributes.some((word) => /^edition20\d\d$/.test(word))
  if (edition === null || own || !['rust', 'rs'].includes(block.lang)) return block
  return { ...block, attributes: [...block.attributes, `edition${edition}`] }
}

/** Loads what the blocks of a page include; each file is read once. */
function loader(
  folder: string,
  read: Reader,
  isInside: (path: string) => Promise<boolean>,
  name: Name,
): Load {
  const known = new Map<string, FileRead>()
  let left = BOUNDS.includedCharacters
  return async (target) => {
    const at = join(folder, target)
    if (!(await isInside(at)))
      return {
        message: `it includes ${target}, which lies outside of the folder that is audited: audit a folder that holds both`,
        withheld: true,
      }
    const found = known.get(at) ?? (await read(at))
    known.set(at, found)
    if (found.kind === 'unread')
      return { message: `{{#include}} names ${target}, which ${found.why}`, withheld: false }
    left -= found.bytes.length
    if (left < 0) return { message: '{{#include}}: this page includes too much to be read', withheld: false }
    return { file: name(at), text: found.bytes.toString('utf8') }
  }
}

type Chapter = { path: string | null; line: number; column: number }

/**
 * The links of a SUMMARY.md, in its order; one without a target is a chapter that is yet to be written. The path is
 * `null` where a link is no URI.
 */
function chapters(summary: string): Chapter[] {
  const seen = new Set<string>()
  return summary.split(/\r?\n/).flatMap((text, at) =>
    [...text.matchAll(/\[(?:[^[\]]|\[[^[\]]*\])*\]\(([^()\s]+)\)/g)].flatMap((found): Chapter[] => {
      const place = { line: at + 1, column: found.index + 1 }
      const path = decoded(found[1]!.replace(/#.*$/, ''))
      if (path === null) return [{ path, ...place }]
      if (path === '' || /^[a-z]+:/i.test(path) || seen.has(path)) return []
      seen.add(path)
      return [{ path, ...place }]
    }),
  )
}

function decoded(uri: string): string | null {
  try {
    return decodeURI(uri)
  } catch {
    return null
  }
}
