import { isAnchor, regionsOf } from '@cookbook/guide'
import type { PageDiagnostic } from '../../verdict.ts'
import type { Block, CodeLine } from '../block.ts'

type Loaded = { file: string; text: string }
/** Why a file is not there to be included. Of one that may not be read here, the page is not to blame. */
export type Unloaded = { message: string; withheld: boolean }
/** Gives a file that a page of the book includes, or says in a sentence why there is none. */
export type Load = (path: string) => Promise<Loaded | Unloaded>

/** Puts the files that a block includes, or the parts of them, where mdBook would. */
export async function expandIncludes(
  block: Block,
  load: Load,
): Promise<{ block: Block; troubles: readonly PageDiagnostic[] }> {
  const troubles: PageDiagnostic[] = []
  const lines: CodeLine[] = []
  let unread: string | undefined
  for (const line of block.lines) {
    const found = /^\s*\{\{#(?:rustdoc_)?include\s+([^}\s](?:[^}]*[^}\s])?)\s*\}\}\s*$/.exec(line.text)
    if (found === null) {
      // A backslash before the braces shows them.
      lines.push(line.text.includes('\\{{#') ? { ...line, text: line.text.replace('\\{{#', '{{#') } : line)
      continue
    }
    const [path = '', ...range] = found[1]!.split(':')
    const loaded = await load(path)
    if ('message' in loaded) {
      unread ??= loaded.message
      if (!loaded.withheld) troubles.push({ ...line.at, message: loaded.message, detail: [] })
      continue
    }
    const part = partOf(loaded, range)
    if (typeof part === 'string') {
      unread ??= part
      troubles.push({ ...line.at, message: part, detail: [] })
      continue
    }
    for (const shown of found[0].includes('rustdoc_include') ? around(loaded, part) : part) lines.push(shown)
  }
  return { block: { ...block, lines, ...(unread === undefined ? {} : { unread }) }, troubles }
}

const anchorOf = (text: string) => /ANCHOR:\s*([\w-]+)/.exec(text)?.[1]

const row = ({ file }: Loaded, text: string, at: number, hidden: boolean): CodeLine => ({
  text,
  at: { file, line: at + 1, column: 1 },
  hidden,
})

/** `anchor`, `12`, `12:`, `:12`, `3:12`, or all of it; in words what is wrong with it. */
function partOf(loaded: Loaded, range: readonly string[]): CodeLine[] | string {
  const rows = loaded.text.split(/\r\n|\n|\r/)
  if (rows.at(-1) === '') rows.pop()
  const [first, last] = range
  if (first !== undefined && first !== '' && !/^\d+$/.test(first)) {
    const region = regionsOf(loaded.text, first).regions.get(first)
    const open = rows.findIndex((text) => isAnchor(text) && anchorOf(text) === first)
    if (region === undefined && open < 0) return `${loaded.file} has no anchor ${first}`
    // One that is never closed reaches to the end.
    const lines = region?.lines ?? rows.flatMap((text, at) => (at > open && !isAnchor(text) ? [at + 1] : []))
    return lines.map((line) => row(loaded, rows[line - 1]!, line - 1, false))
  }
  if (first === undefined)
    return rows.flatMap((text, at) => (isAnchor(text) ? [] : [row(loaded, text, at, false)]))
  const from = first === '' ? 1 : Number(first)
  const to =
    last === undefined ? (first === '' ? rows.length : from) : last === '' ? rows.length : Number(last)
  if (from > rows.length) return `${loaded.file} has ${rows.length} lines, and not a line ${from}`
  return rows.slice(from - 1, to).map((text, at) => row(loaded, text, from - 1 + at, false))
}

/** rustdoc_include keeps the rest of the file, hidden. */
function around(loaded: Loaded, shown: readonly CodeLine[]): CodeLine[] {
  const rows = loaded.text.replace(/\r?\n$/, '').split(/\r\n|\n|\r/)
  const visible = new Set(shown.map(({ at }) => at.line))
  return rows.map((text, at) => row(loaded, text, at, !visible.has(at + 1)))
}
