import type { Block, Heading, Page } from '../src/document/block.ts'

/** Reads a plain page for the tests of lints: fences at the margin, headings with `#`, info strings cut to the language. */
export function pageOf(text: string, file: string): Page {
  const blocks: Block[] = []
  const headings: Heading[] = []
  let open: { line: number; lang: string; lines: Block['lines'][number][] } | null = null
  let before: string[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1
    if (open === null) {
      const fence = /^```(\w*)/.exec(raw)
      const heading = /^(#{1,6}) (.*)$/.exec(raw)
      if (fence !== null) open = { line, lang: fence[1]!, lines: [] }
      else if (heading !== null) {
        const depth = heading[1]!.length
        while (headings.length > 0 && headings.at(-1)!.depth >= depth) headings.pop()
        headings.push({ depth, text: heading[2]!, line })
        before = []
      } else before.push(raw)
    } else if (/^```$/.test(raw)) {
      const said = before.join('\n').trim()
      blocks.push({
        ...open,
        file,
        column: 1,
        endLine: line,
        attributes: [],
        headings: [...headings],
        before: said,
        after: '',
      })
      before = []
      open = null
    } else open.lines.push({ text: raw, at: { file, line, column: 1 }, hidden: false })
  }
  return { file, title: headings[0]?.text ?? file, blocks }
}
