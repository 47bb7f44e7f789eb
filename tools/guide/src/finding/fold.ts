import { stripVTControlCharacters } from 'node:util'

/** As wide as text is for a person, where a terminal is no narrower. */
export const COLUMNS = 80

/** How wide the messages to a stream are: as a person reads them on a terminal, and in one line where a program does. */
export function widthOf(stream: { isTTY?: boolean; columns?: number }): number {
  return stream.isTTY ? Math.min(stream.columns || COLUMNS, COLUMNS) : Infinity
}

/** Breaks each line at spaces where it is wider than `width`; what follows is indented more. No word is broken. */
export function fold(text: string, width: number): string {
  if (width === Infinity) return text
  return text
    .split('\n')
    .map((line) => foldLine(line, width))
    .join('\n')
}

function foldLine(line: string, width: number): string {
  if (widthIn(line) <= width) return line
  const indent = /^ */.exec(line)![0]
  const lines = ['']
  for (const word of line.trimStart().split(' ')) {
    const last = lines.at(-1)!
    const margin = lines.length === 1 ? indent.length : indent.length + 2
    if (last !== '' && margin + widthIn(`${last} ${word}`) > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((words, at) => `${indent}${at === 0 ? '' : '  '}${words}`).join('\n')
}

const widthIn = (text: string) => stripVTControlCharacters(text).length
