import { BOUNDS } from '../bounds.ts'
import { type Prose, plain } from '../drafts.ts'
import type { Row } from '../row.ts'

/** The words and headings of rows that hold no block. */
export function readProse(rows: readonly Row[]): Prose[] {
  const prose: Prose[] = []
  let comment = false
  for (const [at, { text: raw }] of rows.entries()) {
    const text = raw.replace(/<!--.*?(?:-->|$)/g, '')
    const opens = raw.lastIndexOf('<!--') > raw.lastIndexOf('-->')
    if (comment) {
      comment = !raw.includes('-->')
      continue
    }
    comment = opens
    // What begins or ends a directive says nothing.
    if (/^\s*(?::{3,}|`{3,}|~{3,})/.test(text)) continue
    const atx = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(text)
    const under = /^ {0,3}(=+|-+)[ \t]*$/.exec(text)
    const last = prose.at(-1)
    if (atx !== null)
      prose.push({
        kind: 'heading',
        heading: {
          depth: atx[1]!.length,
          text: headed(text.slice(atx[0].length)),
          line: rows[at]!.at.line,
        },
      })
    else if (under !== null && last?.kind === 'words' && last.text.trim() !== '') {
      prose.pop()
      const depth = under[1]!.startsWith('=') ? 1 : 2
      prose.push({
        kind: 'heading',
        heading: { depth, text: headed(last.text), line: rows[at - 1]!.at.line },
      })
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
