import { outputLines, panicsIn } from '@cookbook/diagnostics'
import { describeExit, exitStatusOf, type Outcome } from '@cookbook/toolchain'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Project } from '../project/project.ts'
import { isHeader, languageOf, pathsIn } from '../snippet/path.ts'

/** Of cargo itself: a manifest that it cannot read, a crate that nobody has, a build script that panics. */
export function cargoProblems(outcome: Outcome, project: Project): ProjectDiagnostic[] {
  const lines = outputLines(outcome.stderr.trim()).map(withoutRooms)
  const base = {
    ...{ tool: 'cargo' as const, code: null, suggestions: [] },
    ...{ notes: lines.slice(-NOTES), detail: lines.slice(-12) },
  }
  if (outcome.kind !== 'exited') {
    // What a compiler runs it ends itself; so it was the build script, where there is one.
    const main = project.files.get('build.rs')?.findIndex(({ text }) => /\bfn\s+main\b/.test(text)) ?? -1
    const message = `cargo ${describeExit(exitStatusOf(outcome))}`
    return [{ ...base, path: main < 0 ? '' : 'build.rs', line: Math.max(0, main) + 1, column: 1, message }]
  }
  const panicked = panicsIn(outcome.stderr).find(({ location }) => /\bbuild\.rs$/.test(location.path))
  if (panicked !== undefined) {
    const message = `the build script panicked: ${panicked.message.trim()}`
    return [{ ...base, ...panicked.location, path: 'build.rs', message }]
  }
  // What a build script asks for and nobody has, at the line that names it.
  const absent =
    found(lines, /^\s*cxxbridge: Failed to read file `([^`]+)`/)?.[1] ??
    pathsIn(lines.find((line) => line.includes('No such file or directory')) ?? '').find(
      (path) => languageOf(path) !== null && !isHeader(path),
    )
  const script = project.files.get('build.rs') ?? []
  const named = absent === undefined ? -1 : script.findIndex(({ text }) => text.includes(`"${absent}"`))
  if (named >= 0)
    return [
      {
        ...base,
        path: 'build.rs',
        line: named + 1,
        column: script[named]!.text.indexOf(`"${absent}"`) + 1,
        message: `the build script fails: there is no ${absent}`,
      },
    ]
  const placed = found(lines, /-->.*\bCargo\.toml:(\d+):(\d+)/)
  const said = lines.find((line) => line.startsWith('error'))?.replace(/^error:?\s*/, '')
  const message = causeIn(lines, said) ?? `cargo ${describeExit(exitStatusOf(outcome))}`
  const name =
    found(lines, /failed to parse the `([\w-]+)` key/)?.[1] ??
    found(lines, /no matching package named `([^`]+)`/)?.[1] ??
    found(lines, /failed to select a version for (?:the requirement )?`([\w-]+)/)?.[1] ??
    found(lines, /package `[^`]*` depends on `([\w-]+)`/)?.[1] ??
    found(lines, ABSENT_FOLDER)?.[1]
  // The manifest may be another, with the same line elsewhere.
  const shown = found(lines, /^\s*\d+ \|\s*(\S.*)$/)?.[1]?.trim()
  const at = project.files
    .get('Cargo.toml')!
    .findIndex(({ text }) =>
      placed !== null
        ? text.trim() === shown
        : name !== undefined && (/^\s*([^\s=]+)\s*=/.exec(text)?.[1] === name || text.includes(`"${name}"`)),
    )
  // Of what is not said of a line, no line is to blame.
  if (placed === null && at < 0) return [{ ...base, path: '', line: 1, column: 1, message }]
  return [
    {
      ...base,
      path: 'Cargo.toml',
      line: at + 1 || Number(placed?.[1] ?? 1),
      column: Number(placed?.[2] ?? 1),
      message,
    },
  ]
}

/** A line of cargo without the folder that the audit made, and without the name that it gave to the guide's package. */
const withoutRooms = (line: string) =>
  line
    .replace(/package `stub-[0-9a-f]{32}(?: v[^`]*)?`/g, "the guide's package")
    .replace(/(`[\w-]+ v[\d.]+) \(\/[^()`]*\)`/g, '$1`')

/** Of a manifest that is not taken, why; else what cargo says first. */
function causeIn(lines: readonly string[], said: string | undefined): string | undefined {
  const refused = found(lines, /^\s*cxxbridge error: (.+)$/)?.[1]
  if (refused !== undefined) return `the build script fails: ${refused}`
  if (said === undefined || !/^failed to (?:parse|load|get|read)|^failed to load manifest/.test(said))
    return said
  const absent = found(lines, ABSENT_FOLDER)?.[1]
  if (absent !== undefined && lines.some((line) => line.includes('No such file or directory')))
    return `no matching package named \`${absent}\` is in the folder that the guide names; --project DIR gives a checkout that has it`
  const causes = lines.flatMap((line, at) => (/^Caused by:/.test(lines[at - 1] ?? '') ? [line.trim()] : []))
  return causes.findLast((cause) => !/^failed to (?:parse|load|read) /.test(cause)) ?? said
}

/** How cargo says that a dependency's folder has no manifest. */
const ABSENT_FOLDER = /failed to load (?:manifest|source) for dependency `([^`]+)`/

/** How many of the last lines may say what helps. */
const NOTES = 1_000

/** What a pattern finds in the first line that it fits. */
function found(lines: readonly string[], pattern: RegExp): RegExpExecArray | null {
  for (const line of lines) {
    const match = pattern.exec(line)
    if (match !== null) return match
  }
  return null
}
