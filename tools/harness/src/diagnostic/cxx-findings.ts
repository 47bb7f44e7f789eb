import type { Finding, PatternPackage } from '@cookbook/guide'
import { type Origin, originOf } from './generated.ts'
import { headerOf, isWithin, withinPackage } from './places.ts'
import { distinct, sourceFinding } from './source-finding.ts'

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
/** How g++ and clang end a warning that -Werror makes an error. */
const WARNING = / \[-Werror[=,][^\]]+\]$/
const DETAIL_LINES = 12

type Placed = { own: boolean; finding: Finding }

/** What g++, clang and cxx-build said in a build script's output, each at the chapter's own line. */
export function cxxFindings(pkg: PatternPackage, stderr: string): Finding[] {
  const lines = stderr.split('\n').map(bare)
  const found = lines.flatMap((line, index): Placed[] => {
    const placed = PLACED.exec(line)
    if (placed !== null) return [compilerFinding(pkg, placed, lines, index)]
    const bridge = BRIDGE.exec(line.trim())
    return bridge === null ? [] : [{ own: true, finding: bridgeFinding(pkg, bridge[1]!, lines.slice(index)) }]
  })
  // What is wrong in generated code follows from what is wrong in the package's own, when there is such.
  const own = found.filter(({ own }) => own)
  return distinct((own.length > 0 ? own : found).map(({ finding }) => finding))
}

/** A build script's line, without what cargo puts before it. */
function bare(line: string): string {
  return line.replace(/^\s*(?:cargo:warning=|warning: [^ ]+: )/, '')
}

function compilerFinding(
  pkg: PatternPackage,
  placed: RegExpExecArray,
  lines: readonly string[],
  index: number,
): Placed {
  const [whole, path, line, column, level, message] = placed
  const below = lines.slice(index + 1)
  const end = below.findIndex((text) => !EXCERPT.test(text) && !NOTE.test(text))
  const excerpt = below.slice(0, Math.min(end < 0 ? below.length : end, DETAIL_LINES))
  const own = ownPath(pkg, path!)
  if (own !== null) {
    const said = { message: `C++: ${level}: ${message}`, detail: excerpt }
    return { own: true, finding: sourceFinding(pkg, own, Number(line), Number(column ?? 1), said) }
  }
  const origin = originOf(pkg, path!, excerpt[0] ?? '')
  const cause = origin ?? instantiation(pkg, lines, index)
  const said = {
    message: `${origin === null ? 'C++' : inGenerated(message!)}: ${level}: ${message}`,
    detail: [whole, ...excerpt],
  }
  const place = cause ?? { path: 'build.rs', line: 1, column: 1 }
  return {
    own: origin === null && cause !== null,
    finding: sourceFinding(pkg, place.path, place.line, place.column, said),
  }
}

function inGenerated(message: string): string {
  return WARNING.test(message)
    ? 'a warning of what cxx wrote for the bridge'
    : 'the bridge and C++ do not agree'
}

/** The package's own line that made a template of the standard library fail: g++ tells it before, clang after. */
function instantiation(pkg: PatternPackage, lines: readonly string[], index: number): Origin | null {
  const before = lines.slice(0, index).toReversed()
  const after = lines.slice(index + 1)
  for (const side of [before, after]) {
    const end = side.findIndex((text) => PLACED.test(text))
    for (const text of side.slice(0, end < 0 ? undefined : end)) {
      const [, file, line, column] = INSTANTIATION.exec(text) ?? []
      const path = file === undefined ? null : ownPath(pkg, file)
      if (path !== null) return { path, line: Number(line), column: Number(column) }
    }
  }
  return null
}

function ownPath(pkg: PatternPackage, path: string): string | null {
  return headerOf(pkg, path) ?? (isWithin(pkg, pkg.dir, path) ? withinPackage(pkg, pkg.dir, path) : null)
}

function bridgeFinding(pkg: PatternPackage, message: string, lines: readonly string[]): Finding {
  const place = lines
    .slice(1, 4)
    .map((line) => BRIDGE_PLACE.exec(line))
    .find((match) => match !== null)
  const [, file = '', line = '1', column = '1'] = place ?? []
  const path = file !== '' && isWithin(pkg, pkg.dir, file) ? withinPackage(pkg, pkg.dir, file) : 'build.rs'
  const end = lines.findIndex((text, index) => index > 1 && text.trim() === '')
  const detail = lines.slice(1, Math.min(end < 0 ? lines.length : end, DETAIL_LINES))
  return sourceFinding(pkg, path, Number(line), Number(column), { message: `cxx bridge: ${message}`, detail })
}
