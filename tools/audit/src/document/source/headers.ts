import { basename, posix } from 'node:path'
import type { Block, CodeLine } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import { type Load, textRows } from '../inclusion.ts'
import { codeLine, type Row } from '../row.ts'

/** A header that documents itself, and those that it includes: what its examples are compiled with. */
export type Headers = { blocks: readonly Block[]; include: string }

type Found = { path: string; place: string; name: string; rows: readonly Row[] }

/**
 * Reads a header at `path` and what it includes, as far as that lies in the folder that is audited. All are put below
 * `include`, as their includes name them.
 */
export async function headersOf(text: string, path: string, name: string, load: Load): Promise<Headers> {
  const include = path.includes('/include/')
    ? path.slice(path.lastIndexOf('/include/') + '/include/'.length)
    : basename(path)
  const found: Found[] = [{ path, place: `include/${include}`, name, rows: textRows(text, name) }]
  const known = new Set([path])
  for (const one of found) {
    for (const target of includesIn(one.rows)) {
      if (found.length >= BOUNDS.headers) break
      for (const [wanted, relativeTo, place] of [
        [target, 'page', posix.join(posix.dirname(one.place), target)],
        [target, 'site', `include/${target}`],
        [`include/${target}`, 'site', `include/${target}`],
      ] as const) {
        const loaded = await load({ by: '#include', target: wanted, relativeTo: [relativeTo] }, one.path)
        if (loaded.kind !== 'loaded') continue
        if (!known.has(loaded.path)) found.push({ ...loaded, place: posix.normalize(place) })
        known.add(loaded.path)
        break
      }
    }
  }
  const inside = found.filter(({ place }) => place.startsWith('include/'))
  return { include, blocks: inside.map(({ place, rows }) => headerBlock(name, place, rows)) }
}

const includesIn = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ text }) => /^[ \t]*#[ \t]*include[ \t]*["<]([\w./+-]{1,200})[">]/.exec(text)?.[1] ?? [])

const headerBlock = (unit: string, place: string, rows: readonly Row[]): Block => ({
  ...{ file: unit, unit, role: 'library', line: 1, column: 1, endLine: rows.length },
  ...{ lang: 'cpp', attributes: [place], lines: rows.map(codeLine) },
  ...{ headings: [], before: '', after: '' },
})

/** An example of a header as it is tried: a file of its own, that includes the header. */
export function withHeader(block: Block, unit: string, { include }: Headers): Block {
  const isCode = block.lang === 'cpp' && block.unread === undefined && block.lines.length > 0
  if (!isCode) return block
  const { file, line, column } = block
  const added: CodeLine = {
    text: `#include "${include}"`,
    at: { file, line, column },
    hidden: false,
    added: true,
  }
  const has = block.lines.some(
    ({ text }) => /^\s*#\s*include\b/.test(text) && text.includes(basename(include)),
  )
  return {
    ...block,
    unit,
    role: 'example',
    attributes: ['src/example.cc'],
    lines: has ? block.lines : [added, ...block.lines],
  }
}
