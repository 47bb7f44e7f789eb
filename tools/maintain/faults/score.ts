import type { Block, Page } from '@cookbook/audit'
import type { Fault } from './fault.ts'
import type { Found } from './finding.ts'

/** How well a fault was found: at its very line, within its block, elsewhere in the guide, or not at all. */
export type Rank = 'line' | 'block' | 'elsewhere' | 'missed'

/** What each tool made of a fault. */
export type Scored = {
  page: string
  fault: Fault
  line: number
  ours: Rank
  rivals: Readonly<Record<string, Rank>>
  said: readonly Found[]
}

/** The best of what was found, of those findings that `fits`. */
export function rank(found: readonly Found[], file: string, line: number, pages: readonly Page[]): Rank {
  if (found.length === 0) return 'missed'
  const own = found.filter((one) => one.file === file)
  if (own.some((one) => one.line === line)) return 'line'
  const block = blockAt(pages, file, line)
  const within = (one: Found) => block !== null && block.line <= one.line && one.line <= block.endLine
  return own.some(within) ? 'block' : 'elsewhere'
}

export function blockAt(pages: readonly Page[], file: string, line: number): Block | null {
  const blocks = pages.filter((page) => page.file === file).flatMap((page) => page.blocks)
  return blocks.find((block) => block.line <= line && line <= block.endLine) ?? null
}

/** The blocks of a page that a fault has changed, each with what stood in its place. */
export function changed(
  before: readonly Page[],
  after: readonly Page[],
): { from: Block | null; to: Block }[] {
  const old = before.flatMap(({ blocks }) => blocks)
  const same = (a: Block, b: Block) => a.lang === b.lang && textOf(a) === textOf(b)
  return after
    .flatMap(({ blocks }) => blocks)
    .flatMap((to, at) => (old.some((from) => same(from, to)) ? [] : [{ from: old[at] ?? null, to }]))
}

const textOf = ({ lines }: Block) => lines.map(({ text }) => text).join('\n')
