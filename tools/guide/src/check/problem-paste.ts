import type { Example } from '../chapter/chapter.ts'
import { atFence } from '../chapter/problem.ts'
import { errorAt } from '../finding/error-at.ts'
import type { Finding } from '../finding/finding.ts'
import type { SourceFile } from '../package/pattern-package.ts'

/** Lines of a source that a finding shows at most. */
const limit = 12

export const notShown = ({ file }: { file: string }, source: SourceFile): Finding =>
  errorAt(
    'not-pasteable',
    { file, line: 1, column: 1 },
    `no example shows ${source.path}: expected the chapter to show all of it`,
    `add a fence that names ${source.path}, and fill it with npm run sync`,
  )

export const linesMissing = (near: Example, source: SourceFile, lines: readonly number[]): Finding =>
  errorAt(
    'not-pasteable',
    atFence(near),
    `no example shows ${source.path} ${span(lines)}: expected every line to be shown once`,
    'widen a region to these lines, or give them a region and a fence of their own',
    quote(source, lines),
  )

export const linesTwice = (
  example: Example,
  first: Example,
  source: SourceFile,
  lines: readonly number[],
): Finding =>
  errorAt(
    'not-pasteable',
    atFence(example),
    `${source.path} ${span(lines)} ${are(lines)} shown again, after the example at line ${first.line}: expected every line to be shown once`,
    'narrow one of the two regions, or remove one of the examples',
    quote(source, lines),
  )

export const linesOutOfOrder = (
  example: Example,
  source: SourceFile,
  lines: readonly number[],
  last: number,
): Finding =>
  errorAt(
    'not-pasteable',
    atFence(example),
    `${source.path} ${span(lines)} ${are(lines)} shown after line ${last}: expected the examples in the file's order`,
    'move the example in the chapter, or its region in the file',
    quote(source, lines),
  )

export const notPasteable = (first: Example, line: string | null): Finding =>
  errorAt(
    'not-pasteable',
    atFence(first),
    `the examples that name ${first.source.path}, pasted in order, do not give the file`,
    'npm run sync writes each example from its source',
    [line === null ? 'the examples have more lines than the file' : `first line that is not there: ${line}`],
  )

function span(lines: readonly number[]): string {
  const [from, to] = [lines[0]!, lines.at(-1)!]
  return from === to ? `line ${from}` : `lines ${from} to ${to}`
}

const are = (lines: readonly number[]) => (lines[0] === lines.at(-1) ? 'is' : 'are')

function quote({ text }: SourceFile, lines: readonly number[]): string[] {
  const width = String(lines.at(-1)!).length
  const shown = lines
    .slice(0, limit)
    .map((line) => `${String(line).padStart(width)}  ${text.lines[line - 1]}`)
  return lines.length > limit ? [...shown, `... ${lines.length - limit} more lines`] : shown
}
