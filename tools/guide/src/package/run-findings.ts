import type { Chapter, Reason } from '../chapter/chapter.ts'
import { REASON_FORM } from '../chapter/problem-reason.ts'
import { errorAt } from '../finding/error-at.ts'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import type { PatternPackage } from './pattern-package.ts'
import type { ShownLine } from './shown-lines.ts'

/** The lines that never ran and have no reason, neighbours together; and the reasons of lines that have none to need. */
export function runFindings({ chapter }: PatternPackage, lines: readonly ShownLine[]): Finding[] {
  const { file, reasons } = chapter
  const needless = reasons.flatMap((reason) => {
    const meant = lines.filter((line) => line.reason === reason)
    if (meant.some(({ state }) => state === 'excused')) return []
    return [reasonForNothing(file, reason, meant)]
  })
  const groups: ShownLine[][] = []
  for (const line of lines.filter(({ state }) => state === 'never-ran')) {
    const last = groups.at(-1)?.at(-1)
    if (last !== undefined && last.line + 1 === line.line) groups.at(-1)!.push(line)
    else groups.push([line])
  }
  return [
    ...uncounted(chapter, lines),
    ...groups.map((group) => neverRan({ file, ...start(group) }, group)),
    ...needless,
  ]
}

const RUST = /\.rs$/
const UNIT = /\.(?:cc|cpp|cxx)$/

/** Nothing is missed where nothing is counted: each unit of C++ holds code, and so does some file of Rust. */
function uncounted({ file, examples }: Chapter, lines: readonly ShownLine[]): Finding[] {
  const of = (path: RegExp) =>
    [...new Set(lines.map(({ example }) => example.source.path))].filter((shown) => path.test(shown))
  const counted = (path: string) =>
    lines.some(({ example, state }) => example.source.path === path && state !== 'inert')
  const rust = of(RUST)
  const silent = [...of(UNIT).filter((path) => !counted(path)), ...(rust.some(counted) ? [] : rust)]
  return silent.map((path) => {
    const { line, column } = examples.find(({ source }) => source.path === path)!
    return errorAt(
      'never-ran',
      { file, line, column },
      `nothing counted the lines of ${path}: expected a build of it that counts`,
      `let a build that counts compile it: cargo's, or CMake's with the compiler that CXX names`,
    )
  })
}

const start = ([first]: readonly ShownLine[]) => ({ line: first!.line, column: first!.column })

function neverRan(at: SourceLocation, lines: readonly ShownLine[]): Finding {
  const [what, them] = lines.length === 1 ? ['this line', 'it'] : [`these ${lines.length} lines`, 'them']
  return errorAt(
    'never-ran',
    at,
    `${what} never ran: expected a program or a test that runs ${them}, or a reason below the block`,
    `write a test; or, where none can be written, below the block: ${REASON_FORM}`,
    lines.map(({ text }) => text),
  )
}

function reasonForNothing(
  file: string,
  { line, column, code }: Reason,
  meant: readonly ShownLine[],
): Finding {
  const ran = meant.find(({ times }) => times > 0)
  return errorAt(
    'unused-exemption',
    { file, line, column },
    ran === undefined
      ? `\`${code}\` holds no code that could run: expected a line that the compiler made code of`
      : `\`${code}\` did run, at line ${ran.line}: expected a line that never does`,
    'remove the comment',
  )
}
