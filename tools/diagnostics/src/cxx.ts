import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'
import { outputLines } from './lines.ts'

/** `src/oneshot.cc:12:3: error: ...` of g++ and clang. */
const PLACED = /^([^\s:][^:\n]*):(\d+):(?:(\d+):)? (fatal error|error|warning): (.*)$/
/** The lines of source that g++ and clang show below it, and what they add. */
const EXCERPT = /^\s*\d*\s*\|/
const NOTE = /^[^\s:][^:\n]*:\d+:(?:\d+:)? note: /
/** What led to an error, the nearest first: a macro's use, a template's as g++ and clang say it, an include. */
const EXPANDED = /^([^\s:][^:\n]*):(\d+):(\d+):\s+note: (?:in expansion of macro|expanded from macro)/
const REQUIRED = /^([^\s:][^:\n]*):(\d+):(\d+):\s+(?:required from|note: in instantiation of)/
const INCLUDED = /^(?:In file included from |\s+from )([^\s:][^:\n]*):(\d+)/
/** The error of the cxx bridge: its message, and on the next lines its place. Its own tool leaves the brackets out. */
const BRIDGE = /^\s*error\[cxxbridge\]: (.*)$/
const BRIDGE_ALONE = /^\s*error(?:\[cxxbridge\])?: (?!failed to run|could not compile|build failed)(.*)$/
const BRIDGE_PLACE = /┌─ ([^:]+):(\d+):(\d+)/
const DETAIL_LINES = 12
/** How far from an error what led to it is looked for. */
const NEAR = 200
/** More diagnostics than these are no more use to anybody. */
const MOST = 200

/** What g++, clang and cxx-build said, in order, be it in a build script's output or in their own. */
export function cxxDiagnostics(output: string): Diagnostic[] {
  return read(output, (line, lines, index) => {
    const placed = PLACED.exec(line)
    if (placed !== null) return ofCompiler(placed, lines, index)
    const bridge = BRIDGE.exec(line)
    return bridge === null ? null : ofBridge(bridge[1]!, lines.slice(index, index + 1 + NEAR))
  })
}

/** What the tool of cxx that reads bridges said by itself, in order. */
export function bridgeDiagnostics(output: string): Diagnostic[] {
  return read(output, (line, lines, index) => {
    const bridge = BRIDGE_ALONE.exec(line)
    return bridge === null ? null : ofBridge(bridge[1]!, lines.slice(index, index + 1 + NEAR))
  })
}

function read(
  output: string,
  readLine: (line: string, lines: readonly string[], index: number) => Diagnostic | null,
): Diagnostic[] {
  const lines = outputLines(output).map(bare)
  const found: Diagnostic[] = []
  for (const [index, line] of lines.entries()) {
    const one = readLine(line, lines, index)
    if (one !== null) found.push(one)
    if (found.length === MOST) break
  }
  return found
}

/** A build script's line, without what cargo puts before it. */
function bare(line: string): string {
  return line.replace(/^\s*(?:cargo:warning=|warning: [^ ]+: )/, '')
}

function ofCompiler(placed: RegExpExecArray, lines: readonly string[], index: number): Diagnostic {
  const [whole, path, line, column, severity, message] = placed
  const below = lines.slice(index + 1, index + 1 + DETAIL_LINES)
  const end = below.findIndex((text) => !EXCERPT.test(text) && !NOTE.test(text))
  const detail = below.slice(0, end < 0 ? undefined : end)
  return diagnostic({
    tool: 'C++',
    severity: severity as Diagnostic['severity'],
    message: message!,
    location: { path: path!, line: Number(line), column: Number(column ?? 1) },
    related: ledTo(lines, index),
    detail,
    rendered: [whole, ...detail].join('\n'),
  })
}

/** What used the macro or the template that fails, or included its header: g++ tells it before the error, clang after. */
function ledTo(lines: readonly string[], index: number): ToolLocation[] {
  const until = (side: readonly string[]) => {
    const end = side.findIndex((text) => PLACED.test(text))
    return side.slice(0, end < 0 ? undefined : end)
  }
  const before = until(lines.slice(Math.max(0, index - NEAR), index).toReversed())
  const after = until(lines.slice(index + 1, index + NEAR))
  const both = [...before, ...after]
  const placesOf = (pattern: RegExp, among: readonly string[]) =>
    among.flatMap((text) => {
      const [, path, line, column = 1] = pattern.exec(text) ?? []
      return path === undefined ? [] : [{ path, line: Number(line), column: Number(column) }]
    })
  return [...placesOf(EXPANDED, after), ...placesOf(REQUIRED, both), ...placesOf(INCLUDED, both)]
}

function ofBridge(message: string, lines: readonly string[]): Diagnostic {
  const place = lines
    .slice(1, 4)
    .map((line) => BRIDGE_PLACE.exec(line))
    .find((match) => match !== null)
  const location =
    place == null ? null : { path: place[1]!, line: Number(place[2]), column: Number(place[3]) }
  const end = lines.findIndex((text, index) => index > 1 && text.trim() === '')
  const detail = lines.slice(1, Math.min(end < 0 ? lines.length : end, DETAIL_LINES))
  return diagnostic({ tool: 'bridge', message, location, detail })
}
