import { type Finding, locate, type PatternPackage } from '@cookbook/guide'
import { headerOf, isWithin, withinPackage } from './places.ts'
import { BUILD_REMEDY } from './words.ts'

/** `src/oneshot.cc:12:3: error: ...` of g++ and clang, as cargo shows it: bare, or behind its own words. */
const PLACED =
  /^(?:warning: [^ ]+: |cargo:warning=)?([^\s:][^:\n]*):(\d+):(?:(\d+):)? (fatal error|error|warning): (.*)$/
/** The error of the cxx bridge: its message, and on the next line its place. */
const BRIDGE = /^error\[cxxbridge\]: (.*)$/
const BRIDGE_PLACE = /┌─ ([^:]+):(\d+):(\d+)/

/** What g++, clang and cxx-build said in a build script's output, each at the chapter's own line. */
export function cxxFindings(pkg: PatternPackage, stderr: string): Finding[] {
  const lines = stderr.split('\n')
  const found = lines.flatMap((line, index) => {
    const placed = PLACED.exec(line.trim())
    if (placed !== null) return compilerFinding(pkg, placed, lines, index)
    const bridge = BRIDGE.exec(line.trim())
    return bridge === null ? [] : [bridgeFinding(pkg, bridge[1]!, lines, index)]
  })
  return distinct(found)
}

function compilerFinding(
  pkg: PatternPackage,
  placed: RegExpExecArray,
  lines: readonly string[],
  index: number,
): Finding[] {
  const [, path, line, column, level, message] = placed
  const shown =
    headerOf(pkg, path!) ?? (isWithin(pkg, pkg.dir, path!) ? withinPackage(pkg, pkg.dir, path!) : null)
  const excerpt = lines
    .slice(index, index + 4)
    .map((text) => text.replace(/^warning: [^ ]+: |^cargo:warning=/, ''))
  return [
    {
      code: 'build-failed',
      severity: 'error',
      ...locate(
        pkg,
        shown ?? 'build.rs',
        shown === null ? 1 : Number(line),
        shown === null ? 1 : Number(column ?? 1),
      ),
      message: `C++: ${level}: ${message}`,
      detail: excerpt,
      remedy: BUILD_REMEDY,
    },
  ]
}

function bridgeFinding(
  pkg: PatternPackage,
  message: string,
  lines: readonly string[],
  index: number,
): Finding {
  const place = lines
    .slice(index, index + 3)
    .map((line) => BRIDGE_PLACE.exec(line))
    .find((match) => match !== null)
  const path =
    place !== undefined && isWithin(pkg, pkg.dir, place![1]!)
      ? withinPackage(pkg, pkg.dir, place![1]!)
      : 'build.rs'
  return {
    code: 'build-failed',
    severity: 'error',
    ...locate(pkg, path, Number(place?.[2] ?? 1), Number(place?.[3] ?? 1)),
    message: `cxx bridge: ${message}`,
    detail: lines.slice(index, index + 8),
    remedy: BUILD_REMEDY,
  }
}

/** cargo prints a build script's words twice: as they come and when it gives up. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map(
    findings.map((finding) => [
      `${finding.file}:${finding.line}:${finding.column}:${finding.message}`,
      finding,
    ]),
  )
  return [...seen.values()]
}
