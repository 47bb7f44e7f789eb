import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Diagnostic, firstDifference, rustDiagnostics } from '@cookbook/diagnostics'
import { type Finding, locate } from '@cookbook/guide'
import { exitStatusOf } from '@cookbook/toolchain'
import { compileAlone, externsOf } from '../build/compile-alone.ts'
import type { Build } from '../context/built.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, NOT_BUILT, unexpectedExit } from '../context/messages.ts'
import { fileNotThere, runnerFinding } from '../context/runner-location.ts'
import type { Verification } from '../context/verification.ts'
import { wrongDiagnostic } from '../diagnostic/wrong-diagnostic.ts'
import { promisesNothing } from './promises-nothing.ts'
import type { Rejection } from './verbs.ts'

/** Compiles a Rust file that uses the crate and must not compile, and holds its error against the promised one. */
export async function rejects(
  verification: Verification,
  build: Build,
  file: string,
  promised: Rejection,
): Promise<Checked> {
  const { pkg } = verification
  const wrong =
    (await fileNotThere(verification, file)) ??
    (await promisesNothing(verification, file, [promised.says], { alone: promised.code === null }))
  if (wrong !== null) return { findings: [wrong] }
  const externs = externsOf(verification, build)
  if (externs === null) {
    if (!verification.built) return { skipped: NOT_BUILT }
    const message = `the crate has no library, so ${file} cannot use it`
    return {
      findings: [await runnerFinding(verification, file, 'file-not-found', message, 'add src/lib.rs')],
    }
  }
  const outcome = await compileAlone(verification, file, externs)
  const wanted = `${titled(promised.code, promised.says)}${promised.line === undefined ? '' : ` at line ${promised.line}`}`
  const answer = (message: string, line: number, column: number, detail: readonly string[]): Checked => ({
    findings: [
      wrongDiagnostic(file, locate(pkg, file, line, column), `${message}, expected ${wanted}`, detail),
    ],
  })
  if (outcome.kind === 'exited' && outcome.code === 0) return answer(`${file} compiles`, 1, 1, [])
  const diagnostics = rustDiagnostics(outcome.stderr).filter(
    ({ severity, location }) => severity === 'error' && location !== null,
  )
  if (diagnostics.length === 0)
    return answer(
      unexpectedExit('rustc', exitStatusOf(outcome), 'an error in the file'),
      1,
      1,
      words(outcome.stderr),
    )
  const matching = diagnostics.filter((diagnostic) => keeps(diagnostic, promised))
  const others = diagnostics.filter((diagnostic) => !matching.includes(diagnostic))
  const strange = others.find(({ code }) => matching.length === 0 || code !== promised.follows)
  if (strange === undefined) {
    if (promised.shown === undefined) return { findings: [], exercised: [file] }
    const findings = await compareShown(verification, promised.shown, matching)
    return { findings, exercised: [file, promised.shown] }
  }
  const { line, column } = strange.location!
  const message = `the error is ${titled(strange.code, strange.message)}`
  return { ...answer(message, line, column, strange.detail), exercised: [file] }
}

/** Holds what the chapter shows of the error against what rustc shows. */
async function compareShown(
  verification: Verification,
  shown: string,
  diagnostics: readonly Diagnostic[],
): Promise<Finding[]> {
  const { dir, pkg } = verification
  const said = `${diagnostics.map(({ rendered }) => rendered.trimEnd()).join('\n\n')}\n`
  const held = await readFile(join(dir, shown), 'utf8').catch(() => '')
  if (held === said) return []
  const { line, column, detail } = firstDifference(held, said)
  const place = locate(pkg, shown, line, column)
  return [wrongDiagnostic(shown, place, `rustc shows another error than ${shown}`, detail)]
}

function titled(code: string | null, message: string): string {
  return code === null ? message : `${code}: ${message}`
}

function keeps(diagnostic: Diagnostic, { code, says, line }: Rejection): boolean {
  return (
    diagnostic.code === code &&
    diagnostic.message.includes(says) &&
    (line === undefined || diagnostic.location?.line === line)
  )
}

/** What rustc said, without the JSON around it. */
function words(stderr: string): string[] {
  return lastLines(
    rustDiagnostics(stderr)
      .map(({ rendered }) => rendered)
      .join(''),
  )
}
