import { columnAt, decode, type Fence, isTooDeep, readFences } from '@cookbook/guide'
import type { Trouble } from '../verdict.ts'
import type { Block, CodeLine, Heading, Page } from './block.ts'
import { BOUNDS, counted } from './bounds.ts'

export type ReadPage = { page: Page; troubles: readonly Trouble[] }

/** Reads a page of any guide. What is malformed is in `troubles`; the rest is still usable. */
export function readPage(input: Uint8Array | string, file: string, inBook = false): ReadPage {
  const { text, bad } = decode(input)
  const troubles: Trouble[] = []
  const trouble = (line: number, column: number, message: string) =>
    troubles.push({ file, line, column, message, detail: [] })
  if (bad !== null)
    trouble(bad.line, bad.column, `the byte 0x${bad.byte.toString(16).padStart(2, '0')} is not UTF-8 here`)
  if (text.lines.length > BOUNDS.pageLines) {
    trouble(1, 1, `this page has more than ${counted(BOUNDS.pageLines)} lines, and is not read`)
    return { page: { file, title: file, blocks: [] }, troubles }
  }
  const fences = inBook ? withPlaygrounds(readFences(text.lines), text.lines) : readFences(text.lines)
  for (const { closed, line, column } of fences)
    if (!closed) trouble(line, columnAt(text.lines[line - 1]!, column - 1), 'this fence is never closed')

  const deep = text.lines.findIndex(isTooDeep)
  if (deep >= 0) trouble(deep + 1, 1, 'this nests too deep to be read, and what stands in it is not tried')

  const headings: Heading[] = []
  const path: Heading[] = []
  const gaps = proseBetween(text.lines, fences)
  const before: string[] = []
  const after: string[] = []
  const above = fences.map((_, index) => {
    for (const part of gaps[index]!) {
      if (part.kind === 'words') continue
      headings.push(part.heading)
      while (path.length > 0 && path.at(-1)!.depth >= part.heading.depth) path.pop()
      path.push(part.heading)
    }
    const last = gaps[index]!.findLastIndex(({ kind }) => kind === 'heading')
    before.push(wordsOf(gaps[index]!.slice(last + 1)).slice(-BOUNDS.wordsCharacters))
    const next = gaps[index + 1]!
    const first = next.findIndex(({ kind }) => kind === 'heading')
    after.push(wordsOf(next.slice(0, first < 0 ? undefined : first)).slice(0, BOUNDS.wordsCharacters))
    return [...path]
  })
  for (const part of gaps.at(-1)!) if (part.kind === 'heading') headings.push(part.heading)
  const blocks = fences.map((fence, index): Block => {
    const [lang, attributes] = readInfo(fence.info)
    return {
      file,
      line: fence.line,
      column: columnAt(text.lines[fence.line - 1]!, fence.column - 1),
      endLine: fence.endLine,
      lang,
      attributes,
      lines: fence.content.map((line, at): CodeLine => {
        const raw = text.lines[fence.line + at] ?? ''
        const column = columnAt(raw, fence.indents[at]!)
        return { text: line, at: { file, line: fence.line + 1 + at, column }, hidden: false }
      }),
      headings: above[index]!,
      before: before[index]!,
      after: after[index]!,
    }
  })
  const title = headings.find(({ depth }) => depth === 1)?.text ?? headings[0]?.text ?? file
  return { page: { file, title, blocks }, troubles }
}

/** What mdBook makes a block of without a fence: a line with `{{#playground FILE}}`. */
function withPlaygrounds(fences: readonly Fence[], lines: readonly string[]): Fence[] {
  const within = new Set(
    fences.flatMap(({ line, endLine }) => Array.from({ length: endLine - line + 1 }, (_, at) => line + at)),
  )
  const shown = lines.flatMap((text, at): Fence[] => {
    const path = /^\s*\{\{#play(?:ground|pen)\s+([^\s}]+)[^}]*\}\}\s*$/.exec(text)?.[1]
    const line = at + 1
    if (path === undefined || within.has(line)) return []
    const content = [`{{#include ${path}}}`]
    return [{ info: 'rust', content, indents: [0], line, column: 1, endLine: line, closed: true }]
  })
  return [...fences, ...shown].sort((a, b) => a.line - b.line)
}

/** The words by which rustdoc knows a block of Rust, whether or not its fence names the language. */
const RUSTDOC =
  /^(?:ignore(?:-[\w-]+)?|should_panic|no_run|compile_fail|test_harness|standalone_crate|edition20\d\d|E\d{4})$/

/** `rust,ignore`, `rust title="src/main.rs"`, `rust:src/main.rs`, `{.rust .numberLines}`, `cpp src/a.cc`. */
function readInfo(info: string): [string, string[]] {
  const bare = info.slice(0, BOUNDS.lineCharacters).replace(/^\{|\}$/g, '')
  const words = bare.match(/[^\s,"'=]+=(?:"[^"]*"|'[^']*'|[^\s,]*)|[^\s,]+/g) ?? []
  const [first = '', ...rest] = words.map((word) => word.replace(/^\./, ''))
  if (RUSTDOC.test(first)) return ['rust', [first, ...rest]]
  const colon = /^([\w+#-]+):(.+)$/.exec(first)
  if (colon !== null) return [colon[1]!.toLowerCase(), [colon[2]!, ...rest]]
  return first.includes('=') || first.includes('/') ? ['', words] : [first.toLowerCase(), rest]
}

type Prose = { kind: 'words'; text: string } | { kind: 'heading'; heading: Heading }

/** What stands before each fence, and after the last. */
function proseBetween(lines: readonly string[], fences: readonly Fence[]): Prose[][] {
  const ends = [...fences.map(({ line }) => line - 1), lines.length]
  return ends.map((end, index) => readProse(lines, index === 0 ? 0 : fences[index - 1]!.endLine, end))
}

function readProse(lines: readonly string[], from: number, to: number): Prose[] {
  const prose: Prose[] = []
  let comment = false
  for (let at = from; at < to; at++) {
    const raw = lines[at]!
    const text = raw.replace(/<!--.*?(?:-->|$)/g, '')
    const opens = raw.lastIndexOf('<!--') > raw.lastIndexOf('-->')
    if (comment) {
      comment = !raw.includes('-->')
      continue
    }
    comment = opens
    const atx = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(text)
    const under = /^ {0,3}(=+|-+)[ \t]*$/.exec(text)
    const last = prose.at(-1)
    if (atx !== null)
      prose.push({
        kind: 'heading',
        heading: { depth: atx[1]!.length, text: headed(text.slice(atx[0].length)), line: at + 1 },
      })
    else if (under !== null && last?.kind === 'words' && last.text.trim() !== '') {
      prose.pop()
      const depth = under[1]!.startsWith('=') ? 1 : 2
      prose.push({ kind: 'heading', heading: { depth, text: headed(last.text), line: at } })
    } else prose.push({ kind: 'words', text: text.replace(/^(?:\s*>)+ ?/, '') })
  }
  return prose
}

/** The words of a heading: without the number signs that may close it. */
function headed(line: string): string {
  const words = line.slice(0, BOUNDS.lineCharacters).trim()
  const last = words.lastIndexOf(' ')
  const text = plain(/^#+$/.test(words.slice(last + 1)) ? words.slice(0, Math.max(0, last)) : words)
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}

/** Paragraphs, with one blank line between them. */
function wordsOf(prose: readonly Prose[]): string {
  const lines = prose.map((part) => (part.kind === 'words' ? plain(part.text) : ''))
  return lines
    .filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''))
    .join('\n')
    .trim()
}

/** Without links' targets and emphasis, and with one blank between words; inline code keeps its backticks. */
function plain(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/(`[^`]*`)|(\*\*|__|\*(?=\S)|(?<=\S)\*|<\/?[a-z][^<>]*>)/g, (_, code) => code ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}
