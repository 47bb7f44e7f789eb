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

/** What g++, clang and cxx-build said in a build script's output, each at the chapter's own line. */
export function cxxFindings(pkg: PatternPackage, stderr: string): Finding[] {
  const found = cxxDiagnostics(stderr).map((diagnostic) => placed(pkg, diagnostic))
  // What is wrong in generated code follows from what is wrong in the package's own, when there is such.
  const own = found.filter(({ own }) => own)
  return distinct(
    (own.length > 0 ? own : found).map(({ finding }) => finding),
    findingKey,
  )
}

function placed(pkg: PatternPackage, diagnostic: Diagnostic): Placed {
  const { tool, severity, location, related, detail, rendered } = diagnostic
  const own = location === null ? null : ownLocation(pkg, location)
  if (tool === 'bridge') {
    const message = `cxx bridge: ${diagnostic.message}`
    return { own: true, finding: sourceFinding(pkg, own ?? BUILD_SCRIPT, { message, detail }) }
  }
  const message = `${severity}: ${diagnostic.message}`
  if (own !== null)
    return { own: true, finding: sourceFinding(pkg, own, { message: `C++: ${message}`, detail }) }
  const origin = location && originOf(linesIn(pkg), location.path, detail[0] ?? '')
  // The package's own line that made a template of the standard library fail.
  const cause = origin ?? related.map((each) => ownLocation(pkg, each)).find((each) => each !== null) ?? null
  return {
    own: origin === null && cause !== null,
    finding: sourceFinding(pkg, cause ?? BUILD_SCRIPT, {
      message: `${origin === null ? 'C++' : inGenerated(diagnostic.message)}: ${message}`,
      detail: rendered.split('\n'),
    }),
  }
}

const BUILD_SCRIPT: ToolLocation = { path: 'build.rs', line: 1, column: 1 }

function inGenerated(message: string): string {
  return WARNING.test(message)
    ? 'a warning of what cxx wrote for the bridge'
    : 'the bridge and C++ do not agree'
}

function ownLocation(pkg: PatternPackage, { path, line, column }: ToolLocation): ToolLocation | null {
  const own = headerOf(pkg, path) ?? (isWithin(pkg, pkg.dir, path) ? withinPackage(pkg, pkg.dir, path) : null)
  return own === null ? null : { path: own, line, column }
}
