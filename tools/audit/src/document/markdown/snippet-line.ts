import type { CodeLine } from '../block.ts'
import { all, between, type IncludingLine, type Inclusion, lineRanges } from '../inclusion.ts'
import type { Row } from '../row.ts'

/** Lines of a block that pymdownx.snippets, or markdown-include, replaces by what a file holds. */
export function snippetLines(lines: readonly CodeLine[]): readonly CodeLine[] {
  if (!lines.some(({ text }) => text.includes('-8<-') || text.includes('{!'))) return lines
  const out: CodeLine[] = []
  let inList = false
  for (const line of lines) {
    const text = line.text.trim()
    const target = /^-{1,}8<-{1,}[ \t]+(["'])(.+)\1$/.exec(text)?.[2]
    const included = /^\{![ \t]*([^!\s]+)[ \t]*!\}$/.exec(text)?.[1]
    // A semicolon before it shows it.
    if (/^;-{1,}8<-{1,}/.test(text))
      out.push({ ...line, text: line.text.replace(';', ''), at: { ...line.at, column: line.at.column + 1 } })
    else if (/^-{1,}8<-{1,}$/.test(text)) inList = !inList
    else if (inList && (text === '' || text.startsWith(';'))) continue
    else if (inList) out.push(including(line, snippet(text)))
    else if (target !== undefined) out.push(including(line, snippet(target)))
    else if (included !== undefined)
      out.push(including(line, { by: '{!', target: included, relativeTo: ['site', 'page'], select: all }))
    else out.push(line)
  }
  return out
}

export const including = (line: CodeLine, inclusion: Inclusion): IncludingLine => ({ ...line, inclusion })

/** `file`, `file:section`, `file:3`, `file:3:10`, `file::10`, `file:3:10,20:30`. */
export function snippet(words: string): Inclusion {
  const found = /^([^:]+)(?::(.*))?$/.exec(words)
  const [, target = words, part] = found ?? []
  return { by: '--8<--', target, relativeTo: ['site', 'page'], select: partOf(part) }
}

function partOf(part: string | undefined): Inclusion['select'] {
  if (part === undefined || part === '') return (rows) => rows.filter(({ text }) => !isMark(text))
  if (!/^[\d:,-]+$/.test(part)) {
    const marks = (which: 'start' | 'end') => (text: string) =>
      isMark(text) && text.includes(`[${which}:${part}]`)
    // pymdownx allows blanks within the brackets.
    const spaced = (which: 'start' | 'end') => {
      const exact = marks(which)
      return (text: string) =>
        exact(text.replace(/\[[ \t]*(start|end)[ \t]*:[ \t]*([\w-]+)[ \t]*\]/, '[$1:$2]'))
    }
    return between(`section ${part}`, spaced('start'), spaced('end'), isMark)
  }
  // A single number is where it begins, and goes to the end.
  const ranges = part
    .split(',', 100)
    .map((range) => (range.includes(':') ? range : `${range}:`))
    .join(',')
  const chosen = lineRanges(ranges, /,/)
  return (rows: readonly Row[], name) => chosen(rows, name)
}

const isMark = (text: string): boolean =>
  /-8<-{1,16}[ \t]{0,16}\[[ \t]{0,16}(?:start|end)[ \t]{0,16}:/.test(text)
