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
import type { CxxRejection } from './verbs.ts'

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
  const outDir = build.outDirs.get(verification.crates[0]!)
  const folders = ['cxxbridge/include', 'cxxbridge/crate', 'cxx-await/include']
  const generated = outDir === undefined ? [] : folders.map((name) => join(outDir, name))
  const args = [
    `-std=${cell?.std ?? 'c++20'}`,
    '-fsyntax-only',
    ...CXX_WARNINGS,
    ...['include', ...generated].flatMap((path) => ['-I', path]),
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
