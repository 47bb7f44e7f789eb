import { join } from 'node:path'
import { type Finding, locate, type SourceLocation } from '@cookbook/guide'
import { CXX_WARNINGS, exitStatusOf } from '@cookbook/toolchain'
import type { Build } from '../context/built.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, NOT_BUILT, unexpectedExit } from '../context/messages.ts'
import { fileNotThere } from '../context/runner-location.ts'
import { run, type Verification } from '../context/verification.ts'
import { cxxFindings } from '../diagnostic/cxx-findings.ts'
import { wrongDiagnostic } from '../diagnostic/wrong-diagnostic.ts'
import { promisesNothing } from './promises-nothing.ts'

/** The error that a C++ file must have. Both compilers refuse it, each in words of its own. */
export type CxxRejection = {
  /** A part of the first error's message. */
  says: { gcc: string; clang: string }
  /** Its line, where the error must stand there. */
  line?: number
}

const LIMIT_MS = 60_000

/** Compiles a C++ file that uses the crate's headers and must not compile, as far as its types go. */
export async function rejectsCxx(
  verification: Verification,
  build: Build,
  file: string,
  { says, line }: CxxRejection,
): Promise<Checked> {
  const { dir, pkg, toolchain, cell } = verification
  const wrong =
    (await fileNotThere(verification, file)) ??
    (await promisesNothing(verification, file, [says.gcc, says.clang], { alone: true }))
  if (wrong !== null) return { findings: [wrong] }
  if (!verification.built) return { skipped: NOT_BUILT }
  const cxx = toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!
  const includes = build.outDir === null ? [] : ['include', 'crate'].map((name) => `cxxbridge/${name}`)
  const args = [
    `-std=${cell?.std ?? 'c++20'}`,
    '-fsyntax-only',
    ...CXX_WARNINGS,
    ...['include', ...includes.map((path) => join(build.outDir!, path))].flatMap((path) => ['-I', path]),
    file,
  ]
  const outcome = await run(verification, { program: cxx.program, args, cwd: dir, timeoutMs: LIMIT_MS })
  const words = cxx.name === 'g++' ? says.gcc : says.clang
  const wanted = `expected ${words}${line === undefined ? '' : ` at line ${line}`}`
  const top = locate(pkg, file, 1, 1)
  if (outcome.kind === 'exited' && outcome.code === 0)
    return { findings: [wrongDiagnostic(file, top, `${file} compiles, ${wanted}`, [])] }
  const [first] = cxxFindings(pkg, outcome.stderr)
  if (first === undefined) {
    const message = unexpectedExit(cxx.program, exitStatusOf(outcome), 'an error in the file')
    return { findings: [wrongDiagnostic(file, top, message, lastLines(outcome.stderr))] }
  }
  if (first.message.includes(words) && (line === undefined || standsAt(first, locate(pkg, file, line, 1))))
    return { findings: [], exercised: [file] }
  const { file: shown, line: at, column } = first
  const message = `the error is ${first.message.replace(/^C\+\+: (?:fatal )?error: /, '')}, ${wanted}`
  const finding = wrongDiagnostic(file, { file: shown, line: at, column }, message, first.detail)
  return { findings: [finding], exercised: [file] }
}

function standsAt(finding: Finding, { file, line }: SourceLocation): boolean {
  return finding.file === file && finding.line === line
}
