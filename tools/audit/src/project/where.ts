import { linkerOutput } from '@cookbook/diagnostics'
import { absentHeader, type ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { CodeLine } from '../document/block.ts'
import type { Segment } from '../snippet/language/outline.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { type Line, type Project, textOf } from './project.ts'

/** The guide's own line that a problem is about. */
export type Spot = { snippet: Snippet; code: CodeLine; column: number; path: string; line: number }

/** Where the guide shows what a tool complains about, or `null` for what is nowhere in it. */
export function spotOf(project: Project, problem: ProjectDiagnostic): Spot | null {
  const generated = /\/cxxbridge\/(?:include|sources)\/[^/]+\/(.*\.rs)(?:\.cc|\.h)?$/.exec(problem.path)?.[1]
  if (generated !== undefined) return declared(project, generated, problem)
  const lines = project.files.get(problem.path)
  if (lines === undefined) return null
  if (problem.tool === 'linker') return null
  const index = nearestLine(lines, problem.line - 1)
  return index < 0
    ? null
    : spot(lines[index]!, problem.path, index + 1, index === problem.line - 1 ? problem.column : 1)
}

function nearestLine(lines: readonly Line[], at: number): number {
  if (lines[at]?.code) return at
  for (let index = Math.min(at, lines.length - 1); index >= 0; index--) if (lines[index]!.code) return index
  return lines.findIndex(({ code }) => code !== null)
}

function spot({ snippet, code }: Line, path: string, line: number, column: number): Spot | null {
  return snippet === null || code === null ? null : { snippet, code, column, path, line }
}

/** The outermost item or statement that the spot is in. */
export function segmentOf({ snippet, code }: Spot): Segment | undefined {
  const row = snippet.lines.indexOf(code)
  return snippet.outline.segments.find(({ firstLine, lastLine }) => firstLine <= row && row <= lastLine)
}

/** How many of the names in a message are looked for. */
const NAMES = 50

/** The bridge's own line about what a line of generated C++ is about: the first of its names that it declares. */
function declared(project: Project, path: string, problem: ProjectDiagnostic): Spot | null {
  const lines = project.files.get(path)
  if (lines === undefined) return null
  const absent = absentHeader(problem)
  const included = `"${absent}"`
  const include = absent === undefined ? -1 : lines.findIndex(({ text }) => text.includes(included))
  if (include >= 0)
    return spot(lines[include]!, path, include + 1, lines[include]!.text.indexOf(included) + 2)
  const said = `${problem.message} ${problem.detail[0] ?? ''}`
  for (const [name] of said.matchAll(/[A-Za-z_]\w*/g).take(NAMES)) {
    const declaration = new RegExp(`\\b(?:fn|type|struct|enum)\\s+${name}\\b`)
    const at = lines.findIndex(({ text, code }) => code !== null && declaration.test(text))
    if (at >= 0) return spot(lines[at]!, path, at + 1, lines[at]!.text.search(declaration) + 1)
  }
  const at = lines.findIndex(({ text }) => text.includes('cxx::bridge'))
  return at < 0 ? null : spot(lines[at]!, path, at + 1, 1)
}

/** Where a Rust file of the package declares a function, for a symbol that nothing defines. */
export function declarationOf(project: Project, name: string): Spot | null {
  const declaration = new RegExp(`\\bfn\\s+${name}\\b\\s*[(<]`)
  for (const [path, lines] of project.files) {
    if (!path.endsWith('.rs') || !textOf(lines).includes('cxx::bridge')) continue
    const at = lines.findIndex(({ text, code }) => code !== null && declaration.test(text))
    if (at >= 0) return spot(lines[at]!, path, at + 1, lines[at]!.text.search(declaration) + 1)
  }
  return null
}

/** The names of the functions that a linker did not find, as C++ or the bridge calls them. */
export function undefinedSymbols(problem: ProjectDiagnostic): string[] {
  return linkerOutput(problem)
    .symbols.slice(0, NAMES)
    .map((symbol) => {
      const mangled = /cxxbridge1?\$(?:\d+\$)?(?:[\w$]*\$)?([A-Za-z_]\w*?)(?:\$\d+)?$/.exec(symbol)?.[1]
      return mangled ?? /([A-Za-z_~]\w*)\s*(?:\(|$)/.exec(symbol.replace(/\[abi:\w+\]/g, ''))?.[1] ?? symbol
    })
}
