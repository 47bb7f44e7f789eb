import { dirname, relative } from 'node:path'
import type { Block } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import { languageOf } from '../file-name.ts'
import { pagesBelow, type Reader } from '../guide-files.ts'
import { textRows } from '../inclusion.ts'
import { codeLine, type Row } from '../row.ts'

/** The package that a file documents: what its examples are built with. */
export type Library = { blocks: readonly Block[]; edition: string | null }

/** The files that a package may be of, so that its examples can be tried with it. */
const MOST_FILES = 300

const SOURCE = /\.(?:rs|h|hh|hpp|hxx|c|cc|cpp|cxx)$|(?:^|\/)Cargo\.toml$/
const OTHER_TARGETS = /^(?:tests|examples|benches|target|node_modules)\/|^src\/(?:main\.rs$|bin\/)/

/**
 * Reads the library of the package in a folder, or says in words why its examples cannot be tried with it; `null` where
 * it has none. `name` gives a path as findings name it.
 */
export async function libraryIn(
  folder: string,
  read: Reader,
  name: (path: string) => string,
): Promise<Library | { why: string } | null> {
  const { files } = await pagesBelow(folder, SOURCE, 'none')
  const nested = files
    .filter((path) => path.endsWith('/Cargo.toml') && dirname(path) !== folder)
    .map((path) => `${dirname(path)}/`)
  const own = files.filter(
    (path) => !OTHER_TARGETS.test(relative(folder, path)) && !nested.some((other) => path.startsWith(other)),
  )
  if (own.length > MOST_FILES) return { why: `its package has more than ${MOST_FILES} files` }
  const blocks: Block[] = []
  let edition: string | null = null
  let isLibrary = false
  for (const path of own) {
    const found = await read(path)
    if (found.kind === 'unread') return { why: `${name(path)} ${found.why}` }
    const text = found.bytes.toString('utf8')
    if (text.length > BOUNDS.blockCharacters) return { why: `${name(path)} is too long to be built with it` }
    const inside = relative(folder, path)
    // What documents it may lie outside of it, and is no part of it.
    const rows = textRows(
      text.replace(/(\bdoc\s{0,9}=\s{0,9})include_str!\s{0,9}\([^()]{0,300}\)/g, '$1""'),
      name(path),
    )
    if (inside === 'Cargo.toml') {
      edition = /^[ \t]*edition\s*=\s*"(20\d\d)"/m.exec(text)?.[1] ?? null
      isLibrary ||= /^\[lib\]/m.test(text)
    }
    isLibrary ||= inside === 'src/lib.rs'
    blocks.push(fileBlock(name(folder), inside, inside === 'Cargo.toml' ? manifestOf(rows) : rows))
  }
  if (!isLibrary) return null
  return { blocks: blocks.map((block) => inEdition(block, edition)), edition }
}

/** A block without an edition of its own has the package's. */
export function inEdition(block: Block, edition: string | null): Block {
  const says = block.lang !== 'rust' || block.attributes.some((word) => /^edition20\d\d$/.test(word))
  return edition === null || says
    ? block
    : { ...block, attributes: [...block.attributes, `edition${edition}`] }
}

/** An example of a package as it is tried: with the package's library, where that is known. */
export function inLibrary(block: Block, unit: string, library: Awaited<ReturnType<typeof libraryIn>>): Block {
  if (block.role !== 'example') return block
  if (library === null) return block
  if ('why' in library) return { ...block, unread: `its package cannot be built with it: ${library.why}` }
  return inEdition({ ...block, unit }, library.edition)
}

function fileBlock(unit: string, path: string, rows: readonly Row[]): Block {
  return {
    ...{ file: unit, unit, role: 'library', line: 1, column: 1, endLine: rows.length },
    ...{ lang: languageOf(path) || 'toml', attributes: [path], lines: rows.map(codeLine) },
    ...{ headings: [], before: '', after: '' },
  }
}

type Table = { head: string; rows: Row[] }

/** Only what the library is built of, and what its tests may use: an example is a program of the package. */
function manifestOf(rows: readonly Row[]): Row[] {
  const tables: Table[] = [{ head: '', rows: [] }]
  for (const row of rows) {
    const head = /^\[{1,2}[ \t]*([\w."'-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?$/.exec(row.text)?.[1]
    if (head !== undefined) tables.push({ head, rows: [] })
    tables.at(-1)!.rows.push(row)
  }
  const wanted = tables.filter(
    ({ head }) =>
      !/^(?:bin|example|test|bench|workspace|profile|badges|patch)\b|^package\.metadata\b/.test(head),
  )
  const dependencies = wanted.find(({ head }) => head === 'dependencies')
  const known = new Set(dependencies?.rows.flatMap(({ text }) => keyOf(text) ?? []))
  return wanted.flatMap((table): Row[] => {
    if (table === dependencies) {
      const tests = wanted.find(({ head }) => head === 'dev-dependencies')
      const more = tests?.rows.slice(1).filter(({ text }) => !known.has(keyOf(text) ?? '')) ?? []
      return [...table.rows, ...more]
    }
    const [head, ...rest] = table.rows
    if (!/^dev-dependencies\b/.test(table.head)) return table.rows
    if (table.head === 'dev-dependencies' && dependencies !== undefined) return []
    return [{ ...head!, text: head!.text.replace('dev-dependencies', 'dependencies') }, ...rest]
  })
}

const keyOf = (text: string): string | undefined => /^\s*([\w-]+)(?:\.\w+)?\s*=/.exec(text.slice(0, 200))?.[1]
