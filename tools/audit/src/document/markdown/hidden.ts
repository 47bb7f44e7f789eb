import type { Block, CodeLine } from '../block.ts'

/**
 * Marks the lines that mdBook hides: in Rust those that begin with `# `, wherever they are indented, in others those
 * with the prefix that the block's `hidelines` names, or for its language the book itself.
 */
export function hideLines(block: Block, prefixes: ReadonlyMap<string, string>): Block {
  const own = block.attributes
    .map((word) => /^hidelines=["']?([^"']+)["']?$/.exec(word)?.[1])
    .find((found) => found !== undefined)
  const prefix = own ?? prefixes.get(block.lang)
  if (prefix !== undefined) return { ...block, lines: block.lines.map((line) => hide(line, prefix)) }
  if (block.lang !== 'rust' && block.lang !== 'rs') return block
  return { ...block, lines: block.lines.map(hideRust) }
}

function hide(line: CodeLine, prefix: string): CodeLine {
  const indent = line.text.length - line.text.trimStart().length
  if (!line.text.startsWith(prefix, indent)) return line
  return without(line, indent, prefix.length)
}

/** `# code` and `#` are hidden; `##` is a number sign that is shown; `#[attribute]` is code. */
function hideRust(line: CodeLine): CodeLine {
  const found = /^(\s*)#(?:(#)|( |$))/.exec(line.text)
  if (found === null) return line
  const indent = found[1]!.length
  if (found[2] !== undefined) return { ...without(line, indent, 1), hidden: false }
  return without(line, indent, found[3] === ' ' ? 2 : 1)
}

/** The line without its marker. Columns are counted from where the code begins, the indent kept for its looks. */
function without(line: CodeLine, indent: number, length: number): CodeLine {
  const text = line.text.slice(0, indent) + line.text.slice(indent + length)
  return { text, at: { ...line.at, column: line.at.column + length }, hidden: true }
}
