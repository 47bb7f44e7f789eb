import { join } from 'node:path'
import {
  cxxDiagnostics,
  type Diagnostic,
  distinct,
  headerOf,
  isWithin,
  originOf,
  type ToolLocation,
  withinPackage,
} from '@cookbook/diagnostics'
import type { Finding, PatternPackage } from '@cookbook/guide'
import { findingKey, linesIn, sourceFinding } from './source-finding.ts'

/** How g++ and clang end a warning that -Werror makes an error. */
const WARNING = / \[-Werror[=,][^\]]+\]$/

type Placed = { own: boolean; finding: Finding }

/**
 * What g++, clang and cxx-build said in a build script's output, each at the chapter's own line. Their paths begin at
 * the crate's folder, `crate` from that of the package.
 */
export function cxxFindings(pkg: PatternPackage, stderr: string, crate = ''): Finding[] {
  const found = cxxDiagnostics(stderr).map((diagnostic) => placed(pkg, crate, diagnostic))
  // What is wrong in generated code follows from what is wrong in the package's own, when there is such.
  const own = found.filter(({ own }) => own)
  return distinct(
    (own.length > 0 ? own : found).map(({ finding }) => finding),
    findingKey,
  )
}

function placed(pkg: PatternPackage, crate: string, diagnostic: Diagnostic): Placed {
  const { tool, severity, location, related, detail, rendered } = diagnostic
  const script: ToolLocation = { path: `${crate}build.rs`, line: 1, column: 1 }
  const own = location === null ? null : ownLocation(pkg, crate, location)
  if (tool === 'bridge') {
    const message = `cxx bridge: ${diagnostic.message}`
    return { own: true, finding: sourceFinding(pkg, own ?? script, { message, detail }) }
  }
  const message = `${severity}: ${diagnostic.message}`
  if (own !== null)
    return { own: true, finding: sourceFinding(pkg, own, { message: `C++: ${message}`, detail }) }
  const linesOf = (path: string) => linesIn(pkg)(`${crate}${path}`)
  const source = location && originOf(linesOf, location.path, detail[0] ?? '')
  const origin = source && { ...source, path: `${crate}${source.path}` }
  // The package's own line that made a template of the standard library fail.
  const cause =
    origin ?? related.map((each) => ownLocation(pkg, crate, each)).find((each) => each !== null) ?? null
  return {
    own: origin === null && cause !== null,
    finding: sourceFinding(pkg, cause ?? script, {
      message: `${origin === null ? 'C++' : inGenerated(diagnostic.message)}: ${message}`,
      detail: rendered.split('\n'),
    }),
  }
}

function inGenerated(message: string): string {
  return WARNING.test(message)
    ? 'a warning of what cxx wrote for the bridge'
    : 'the bridge and C++ do not agree'
}

function ownLocation(
  pkg: PatternPackage,
  crate: string,
  { path, line, column }: ToolLocation,
): ToolLocation | null {
  const header = headerOf(pkg, path)
  if (header !== null) return { path: `${crate}${header}`, line, column }
  const cwd = join(pkg.dir, crate)
  return isWithin(pkg, cwd, path) ? { path: withinPackage(pkg, cwd, path), line, column } : null
}
