import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'

/** `src/oneshot.cc:12:3: error: ...` of g++ and clang. */
const PLACED = /^([^\s:][^:\n]*):(\d+):(?:(\d+):)? (fatal error|error|warning): (.*)$/
/** The lines of source that g++ and clang show below it, and what they add. */
const EXCERPT = /^\s*\d*\s*\|/
const NOTE = /^[^\s:][^:\n]*:\d+:(?:\d+:)? note: /
/** `src/oneshot.cc:12:3:   required from here`, or clang's `note: in instantiation of ... requested here`. */
const INSTANTIATION = /^([^\s:][^:\n]*):(\d+):(\d+):\s+(?:required from|note: in instantiation of)/
/** The error of the cxx bridge: its message, and on the next lines its place. */
const BRIDGE = /^error\[cxxbridge\]: (.*)$/
const BRIDGE_PLACE = /┌─ ([^:]+):(\d+):(\d+)/
const DETAIL_LINES = 12
/** How far from an error what led to it is looked for. */
const NEAR = 200

/** What g++, clang and cxx-build said, in order, be it in a build script's output or in their own. */
export function cxxDiagnostics(output: string): Diagnostic[] {
  const lines = output.split('\n').map(bare)
  return lines.flatMap((line, index) => {
    const placed = PLACED.exec(line)
    if (placed !== null) return [ofCompiler(placed, lines, index)]
    const bridge = BRIDGE.exec(line.trim())
    return bridge === null ? [] : [ofBridge(bridge[1]!, lines.slice(index, index + 1 + NEAR))]
  })
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
    related: instantiations(lines, index),
    detail,
    rendered: [whole, ...detail].join('\n'),
  })
}

/** What made a template fail: g++ tells it before the error, clang after. */
function instantiations(lines: readonly string[], index: number): ToolLocation[] {
  const sides = [
    lines.slice(Math.max(0, index - NEAR), index).toReversed(),
    lines.slice(index + 1, index + NEAR),
  ]
  return sides.flatMap((side) => {
    const end = side.findIndex((text) => PLACED.test(text))
    return side.slice(0, end < 0 ? undefined : end).flatMap((text) => {
      const [, path, line, column] = INSTANTIATION.exec(text) ?? []
      return path === undefined ? [] : [{ path, line: Number(line), column: Number(column) }]
    })
  })
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
