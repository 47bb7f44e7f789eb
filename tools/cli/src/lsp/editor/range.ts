import type { Range } from 'vscode-languageserver'

/** The lines of a text as editors count them. */
export const linesOf = (text: string): string[] => text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)

/** The UTF-16 index of a 1-based column of characters. */
const indexOf = (line: string, column: number): number =>
  /[\ud800-\udbff]/.test(line) ? [...line].slice(0, column - 1).join('').length : column - 1

/** What an editor underlines of a place, 1-based: the word or the sign that begins there, else the rest of its line. */
export function rangeAt(lines: readonly string[], line: number, column: number): Range {
  const at = Math.min(Math.max(line, 1), lines.length) - 1
  const text = lines[at]!.trimEnd()
  const from = Math.min(indexOf(text, column), text.length)
  const length = /^(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+)/u.exec(text.slice(from))?.[0].length
  return {
    start: { line: at, character: from },
    end: { line: at, character: from + (length ?? text.length - from) },
  }
}

/** All that stands on lines, 1-based and both included. */
export function rangeOfLines(lines: readonly string[], from: number, to: number): Range {
  const first = Math.min(from, lines.length) - 1
  const last = Math.min(to, lines.length) - 1
  const character = lines[first]!.length - lines[first]!.trimStart().length
  return { start: { line: first, character }, end: { line: last, character: lines[last]!.length } }
}

/** Whether a line of an editor, which begins with 0, is one of these, 1-based and both included. */
export const holds = (from: number, to: number, { line }: { line: number }): boolean =>
  from <= line + 1 && line + 1 <= to
