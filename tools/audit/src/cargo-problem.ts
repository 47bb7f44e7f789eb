import { describeEnding, endingOf, type Outcome } from '@cookbook/toolchain'
import type { Assembled } from './assembled.ts'
import type { Problem } from './problem.ts'

/** Of cargo itself: a manifest that it cannot read, a crate that nobody has, a build script that panics. */
export function cargoProblems(outcome: Outcome, assembled: Assembled): Problem[] {
  const { stderr } = outcome
  const lines = stderr.trim().split('\n')
  const panic = /panicked at (?:[^\n]*\/)?build\.rs:(\d+):(\d+):\n\s*([^\n]*)/.exec(stderr)
  const base = { tool: 'cargo' as const, code: null, notes: lines, suggestions: [], detail: lines.slice(-12) }
  if (outcome.kind !== 'exited') {
    // What a compiler runs it ends itself; so it was the build script, where there is one.
    const main = assembled.files.get('build.rs')?.findIndex(({ text }) => /\bfn\s+main\b/.test(text)) ?? -1
    const message = `cargo ${describeEnding(endingOf(outcome))}`
    return [{ ...base, path: main < 0 ? '' : 'build.rs', line: Math.max(0, main) + 1, column: 1, message }]
  }
  if (panic !== null)
    return [
      {
        ...base,
        path: 'build.rs',
        line: Number(panic[1]),
        column: Number(panic[2]),
        message: `the build script panicked: ${panic[3]}`,
      },
    ]
  // What a build script asks for and nobody has, at the line that names it.
  const absent =
    /^\s*cxxbridge: Failed to read file `([^`]+)`/m.exec(stderr) ??
    /^[^\n]*?([\w./-]+\.(?:rs|cc|cpp|cxx|c))\b[^\n]*No such file or directory[^\n]*$/m.exec(stderr)
  const script = assembled.files.get('build.rs') ?? []
  const named = absent === null ? -1 : script.findIndex(({ text }) => text.includes(`"${absent[1]}"`))
  if (named >= 0)
    return [
      {
        ...base,
        path: 'build.rs',
        line: named + 1,
        column: script[named]!.text.indexOf(`"${absent![1]}"`) + 1,
        message: `the build script fails: there is no ${absent![1]}`,
      },
    ]
  const placed = /-->\s*(?:[^\n]*\/)?Cargo\.toml:(\d+):(\d+)/.exec(stderr)
  const message =
    lines.find((line) => line.startsWith('error'))?.replace(/^error:?\s*/, '') ??
    `cargo ${describeEnding(endingOf(outcome))}`
  const crate =
    /no matching package named `([^`]+)`|failed to select a version for (?:the requirement )?`([\w-]+)|package `[^`]*` depends on `([\w-]+)`/.exec(
      stderr,
    )
  const key = /failed to parse the `([\w-]+)` key/.exec(stderr)?.[1]
  const name = key ?? crate?.[1] ?? crate?.[2] ?? crate?.[3]
  // The manifest may be another, with the same line elsewhere.
  const shown = /^\s*\d+ \|\s*(\S.*)$/m.exec(stderr)?.[1]?.trim()
  const at = assembled.files
    .get('Cargo.toml')!
    .findIndex(({ text }) =>
      placed !== null
        ? text.trim() === shown
        : name !== undefined && (new RegExp(`^\\s*${name}\\s*=`).test(text) || text.includes(`"${name}"`)),
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
