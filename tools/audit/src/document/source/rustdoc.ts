import type { Block, CodeLine } from '../block.ts'
import type { Load } from '../inclusion.ts'
import { hideLines } from '../markdown/hidden.ts'
import { RUSTDOC } from '../markdown/info.ts'
import { readMarkdown } from '../markdown/page.ts'
import { type ReadPage, readRows } from '../read-rows.ts'
import type { Row } from '../row.ts'
import { sourceOf } from './comment.ts'
import { type RustDoc, rustDocs } from './rust-docs.ts'

/** Reads the examples in the documentation of a Rust file, as rustdoc does. `path` is where the file lies. */
export async function readRustdoc(
  input: Uint8Array | string,
  file: string,
  path: string,
  load: Load,
): Promise<ReadPage> {
  const { rows, troubles } = readRows(input, file)
  const source = sourceOf(rows.map(({ text }) => text).join('\n'), file)
  const blocks: Block[] = []
  for (const doc of rustDocs(source)) {
    const text = await textOf(doc, path, load)
    troubles.push(...text.missing)
    const above = [{ depth: 1, text: doc.item, line: doc.line }]
    const read = readMarkdown(text.rows, { rustdoc: true, above })
    troubles.push(...read.troubles)
    for (const block of read.blocks) blocks.push(asTest(block))
    blocks.push(...text.withheld)
  }
  return { page: { file, title: file, blocks }, troubles }
}

async function textOf(doc: RustDoc, path: string, load: Load) {
  const rows: Row[] = []
  const missing: ReadPage['troubles'][number][] = []
  const withheld: Block[] = []
  for (const fragment of doc.fragments) {
    if (fragment.kind === 'rows') {
      rows.push(...fragment.rows)
      continue
    }
    const by = 'include_str!'
    const loaded = await load({ by, target: fragment.path, relativeTo: ['page'] }, path)
    if (loaded.kind === 'loaded') rows.push(...loaded.rows)
    else if (loaded.kind === 'missing') missing.push({ ...fragment.at, message: loaded.message, detail: [] })
    else {
      const { file, line, column } = fragment.at
      const shown = { lang: 'rust', attributes: [], lines: [], headings: [], before: '', after: '' }
      withheld.push({ ...shown, file, line, column, endLine: line, unread: loaded.message })
    }
  }
  return { rows, missing, withheld }
}

/** A block as `rustdoc --test` tries it, where it is Rust to rustdoc: hidden lines, and a `main` around it. */
function asTest(block: Block): Block {
  const words = [block.lang, ...block.attributes].filter((word) => word !== '')
  const others = words.filter((word) => word !== 'rust' && !RUSTDOC.test(word))
  if (others.length > 0 && !words.includes('rust') && !RUSTDOC.test(words[0]!)) return block
  const rust = hideLines({ ...block, lang: 'rust' }, new Map())
  const attributes = [...block.attributes.filter((word) => RUSTDOC.test(word)), 'src/main.rs']
  return { ...rust, attributes, lines: withMain(rust), role: 'example' }
}

/** What may stand before a `main` that is put around the rest. */
const BEFORE = /^\s*(?:$|\/\/|#!\[.*\]\s*$|(?:#\[macro_use(?:\([^)]*\))?\]\s*)?(?:extern crate\s|$))/

function withMain({ lines, line, column, file }: Block): readonly CodeLine[] {
  const code = lines.filter(({ text }) => !/^\s*\/\//.test(text))
  const added = (text: string): CodeLine => ({ text, at: { file, line, column }, hidden: false, added: true })
  const allow = added('#![allow(unused)]')
  if (code.some(({ text }) => /\bfn\s+main\s*\(/.test(text))) return [allow, ...lines]
  const first = lines.findIndex(({ text }) => !BEFORE.test(text))
  const from = first < 0 ? lines.length : first
  const last = lines.findLast(({ text }) => text.trim() !== '')?.text.trimEnd() ?? ''
  // What ends with `Ok::<(), Error>(())` may use `?`.
  const fallible = last.endsWith('(())')
  const open = fallible ? 'fn main() { fn inner() -> Result<(), impl core::fmt::Debug> {' : 'fn main() {'
  const close = fallible ? '} inner().unwrap() }' : '}'
  return [allow, ...lines.slice(0, from), added(open), ...lines.slice(from), added(close)]
}
