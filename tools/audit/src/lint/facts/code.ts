import { columnAt } from '@cookbook/guide'
import type { Block, Page, Position } from '../../document/block.ts'
import { BOUNDS } from '../../document/bounds.ts'
import { languageNamed } from '../../snippet/language/languages.ts'
import { type Language, type Node, openSyntax, type Parse } from './syntax.ts'

/** A block that a lint can look at: code of a language that it knows. */
export type Code = { block: Block; language: Language; root: Node }

export type ReadCode = { codes: readonly Code[]; unread: readonly Block[] }

/** No block of a guide takes a hundredth of it; a hostile one is not to hold up the rest. */
const LIMIT_MS = 2_000
/** Of the code of a page, more than any guide's. */
const LARGEST = 300_000

/** Reads the blocks of a page that say in their info string that they are Rust or C++. */
export async function readCode(page: Page): Promise<ReadCode> {
  const parse: Parse = await openSyntax()
  const codes: Code[] = []
  const unread: Block[] = []
  let left = LARGEST
  for (const block of page.blocks) {
    const language = languageNamed(block.lang)
    if (language !== 'rust' && language !== 'cpp') continue
    const text = block.lines.map((line) => line.text).join('\n')
    left -= text.length
    const root = left < 0 || text.length > BOUNDS.blockCharacters ? null : parse(text, language, LIMIT_MS)
    if (root === null) unread.push(block)
    else codes.push({ block, language, root })
  }
  return { codes, unread }
}

export const inLanguage = (codes: readonly Code[], language: Language): Code[] =>
  codes.filter((code) => code.language === language)

/** Where the guide holds the beginning of a node. */
export function positionOf({ block }: Code, node: Node): Position {
  const { row, column } = node
  const line = block.lines[row]
  const { file, line: fence, column: indent } = block
  if (line === undefined) return { file, line: fence, column: indent + column }
  return { ...line.at, column: line.at.column + columnAt(line.text, column) - 1 }
}
