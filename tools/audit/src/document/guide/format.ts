import { extname } from 'node:path'
import type { Load } from '../inclusion.ts'
import { hideLines } from '../markdown/hidden.ts'
import { readPage } from '../markdown/page.ts'
import type { ReadPage } from '../read-rows.ts'

/** How documents of one kind are read. */
export type Format = {
  name: string
  endings: readonly string[]
  /** What a folder has to hold, or one above, so that its files of this kind are documents. */
  setUpBy: readonly string[] | null
  read: (input: Uint8Array, file: string, path: string, load: Load) => ReadPage | Promise<ReadPage>
}

export const FORMATS: readonly Format[] = [
  { name: 'Markdown', endings: ['.md', '.markdown'], setUpBy: null, read: readHiding },
  {
    name: 'MDX',
    endings: ['.mdx'],
    setUpBy: null,
    read: (input, file) => readPage(input, file, { mdx: true }),
  },
  {
    name: 'reStructuredText',
    endings: ['.rst'],
    setUpBy: null,
    read: later(async () => (await import('../sphinx/page.ts')).readRstPage),
  },
  {
    name: 'AsciiDoc',
    endings: ['.adoc', '.asciidoc', '.asc'],
    setUpBy: null,
    read: later(async () => (await import('../asciidoc/page.ts')).readAsciidoc),
  },
  {
    name: 'rustdoc',
    endings: ['.rs'],
    setUpBy: ['Cargo.toml'],
    read: later(async () => (await import('../source/rustdoc.ts')).readRustdoc),
  },
  {
    name: 'Doxygen',
    endings: ['.h', '.hh', '.hpp', '.hxx', '.h++', '.ipp', '.dox', '.cc', '.cpp', '.cxx', '.c'],
    setUpBy: ['Doxyfile'],
    read: later(async () => (await import('../source/doxygen.ts')).readDoxygen),
  },
]

export const formatOf = (path: string): Format | null =>
  FORMATS.find(({ endings }) => endings.includes(extname(path).toLowerCase())) ?? null

export const DOCUMENT_ENDINGS: readonly string[] = FORMATS.flatMap(({ endings }) => endings)

/** Whether a file can be a document, by its name. */
export const isDocument = (path: string): boolean => formatOf(path) !== null

/** All that a folder may be read for. */
export const DOCUMENTS = new RegExp(
  `(?:${DOCUMENT_ENDINGS.map((ending) => ending.replace(/[.+]/g, '\\$&')).join('|')})$`,
  'i',
)

/** A reader that is loaded when it first reads: most guides are of Markdown alone. */
function later(load: () => Promise<Format['read']>): Format['read'] {
  return async (...args) => (await load())(...args)
}

/** rustdoc hides lines of a crate's README as it does of its documentation. */
function readHiding(input: Uint8Array, file: string): ReadPage {
  const { page, troubles } = readPage(input, file)
  return { page: { ...page, blocks: page.blocks.map((block) => hideLines(block, new Map())) }, troubles }
}
