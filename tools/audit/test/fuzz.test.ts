import { decode, parseChapter, readFences, regionsOf, syncChapter } from '@cookbook/guide'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAsciidoc } from '../src/document/asciidoc/page.ts'
import { readPage } from '../src/document/markdown/page.ts'
import type { ReadPage } from '../src/document/read-rows.ts'
import { readDoxygen } from '../src/document/source/doxygen.ts'
import { readRustdoc } from '../src/document/source/rustdoc.ts'
import { readRstPage } from '../src/document/sphinx/page.ts'
import { lint } from '../src/lint/index.ts'
import { assignPaths } from '../src/placement/assign-paths.ts'
import { snapshotsOf } from '../src/placement/snapshot.ts'
import { readBlock } from '../src/snippet/snippet.ts'
import { bytes, documents, markup } from './documents.ts'
import { reference } from './reference.ts'

/** `npm run fuzz` tries many more than `npm test`, and other ones each time. */
const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 2_000)
const SEED = process.env.FUZZ_DOCUMENTS === undefined ? { seed: 20_261_122 } : {}
const LIMIT_MS = 60_000 + DOCUMENTS * 60
/** Of processor time for one document; what is quadratic in a page of 24 lines still takes less. */
const SLOW_MS = 2_000

const check = <T>(documents: fc.Arbitrary<T>, holds: (document: T) => void, share = 1) =>
  fc.assert(fc.property(documents, holds), { numRuns: Math.ceil(DOCUMENTS * share), ...SEED })

test('any bytes are read, in time, and each line of a block is where the page has it', {
  timeout: LIMIT_MS,
}, () => {
  check(bytes, (input) => {
    const started = process.threadCpuUsage()
    const { page } = readPage(input, 'fuzz.md')
    const reads = page.blocks.map((block, at) => readBlock(block, at, page.blocks[at + 1] ?? null))
    const snippets = assignPaths(reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : [])))
    const staged = snapshotsOf(snippets).flatMap(({ subjects }) => subjects)
    expect(new Set(staged)).toEqual(new Set(snippets))
    expect(process.threadCpuUsage(started).user / 1_000).toBeLessThan(SLOW_MS)
    const { lines } = decode(input).text
    for (const { text, at } of page.blocks.flatMap((block) => block.lines)) {
      // CommonMark shows NUL as U+FFFD.
      const raw = [...lines[at.line - 1]!.replaceAll('\0', '\ufffd')].slice(at.column - 1).join('')
      // A tab before it may be half of the container's and half of its own.
      expect(text.replaceAll('\0', '\ufffd').trimStart()).toBe(raw.trimStart())
    }
  })
})

const FORMATS: Record<string, (input: Uint8Array) => ReadPage | Promise<ReadPage>> = {
  MDX: (input) => readPage(input, 'fuzz.mdx', { mdx: true }),
  reStructuredText: (input) => readRstPage(input, 'fuzz.rst'),
  AsciiDoc: (input) => readAsciidoc(input, 'fuzz.adoc'),
  Doxygen: (input) => readDoxygen(input, 'fuzz.h'),
  rustdoc: (input) =>
    readRustdoc(input, 'fuzz.rs', '/fuzz.rs', async () => ({ kind: 'missing', message: '' })),
}

test.each(Object.entries(FORMATS))(
  'any bytes are read as %s, and each line is of the page',
  {
    timeout: LIMIT_MS,
  },
  async (_, reads) => {
    const property = fc.asyncProperty(markup, async (input) => {
      const { page, troubles } = await reads(input)
      const { lines } = decode(input).text
      const all = page.blocks.flatMap((block) => block.lines.filter(({ added }) => !added))
      for (const { at } of [...all, ...troubles.map((at) => ({ at }))]) {
        const row = lines[at.line - 1]
        expect(row).toBeDefined()
        expect(at.column).toBeGreaterThan(0)
        expect(at.column).toBeLessThanOrEqual([...row!].length + 1)
      }
    })
    await fc.assert(property, { numRuns: DOCUMENTS, ...SEED })
  },
)

test('the fences of all but a few documents are those that the reference finds', {
  timeout: LIMIT_MS,
}, () => {
  const differ: string[] = []
  check(documents, (text) => {
    // The last line feed ends a line and begins none; and the reference has no footnotes.
    const { lines } = decode(text.trimEnd().replaceAll('[^a]:', '-')).text
    const found = readFences(lines)
    const wanted = reference(lines.join('\n'))
    // Where a fence ends that is never closed is a matter of taste.
    const same = found.every(({ line, closed, endLine, content }, at) => {
      const other = wanted[at]
      if (other?.line !== line) return false
      return !closed || (endLine === other.endLine && content.join('\n') === other.content)
    })
    if (!same || found.length !== wanted.length) differ.push(text)
  })
  // The two libraries differ on the empty item of a list after indented code, and the like.
  expect(differ.length, JSON.stringify(differ.slice(0, 5))).toBeLessThanOrEqual(DOCUMENTS / 1_000)
})

test('writing the examples of a document keeps every byte outside of them', { timeout: LIMIT_MS }, () => {
  const source = 'fn first() {}\n\n// ANCHOR: part\n```\n  let part;\n// ANCHOR_END: part\n'
  const file = {
    path: 'src/lib.rs',
    file: 'src/lib.rs',
    text: decode(source).text,
    regions: regionsOf(source),
  }
  const outside = (input: Uint8Array | string) => {
    const chapter = parseChapter(input, 'README.md')
    const inside = new Set(
      chapter.examples.flatMap(({ line, endLine }) =>
        Array.from({ length: endLine - line + 1 }, (_, at) => line + at),
      ),
    )
    return chapter.text.raw.split(/(?<=\r\n|\n|\r(?!\n))/).filter((_, at) => !inside.has(at + 1))
  }
  check(documents, (text) => {
    const chapter = parseChapter(text, 'README.md')
    const known = { root: '', dir: '', slug: '', absent: new Map(), contract: [], findings: [] }
    const synced = syncChapter({ ...known, chapter, files: new Map([[file.path, file]]) })
    expect(outside(synced.bytes)).toEqual(outside(text))
  })
})

test('the lints read any document', { timeout: LIMIT_MS }, async () => {
  const property = fc.asyncProperty(documents, async (text) => {
    for (const { line } of await lint([readPage(text, 'fuzz.md').page])) expect(line).toBeGreaterThan(0)
  })
  await fc.assert(property, { numRuns: Math.ceil(DOCUMENTS / 20), ...SEED })
})
