import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finding, locate } from '@cookbook/guide'
import { endingOf } from '@cookbook/toolchain'
import { type Build, ownArtifacts } from './build.ts'
import { type RustDiagnostic, rustDiagnostic } from './cargo-messages.ts'
import type { Checked } from './checks.ts'
import { runnerFinding } from './runner-place.ts'
import { run, type Verification } from './verification.ts'
import { endedBadly, lastLines, NOT_BUILT } from './words.ts'

/** The error that a file must have: its code, a part of its message, and its line where the error must be there. */
export type Rejection = { code: string; says: string; line?: number }

const CHECK_LIMIT_MS = 60_000

/** Compiles a Rust file that uses the crate and must not compile, and holds its error against the promised one. */
export async function rejects(
  verification: Verification,
  build: Build,
  file: string,
  promised: Rejection,
): Promise<Checked> {
  const { dir, exercised, attempted } = verification
  attempted.add(file)
  if (!(await stat(join(dir, file)).catch(() => null))) {
    const message = `${file} does not exist, expected a file that must not compile`
    return { findings: [await runnerFinding(verification, file, 'file-not-found', message, 'write it')] }
  }
  const externs = externsOf(verification, build)
  if (externs === null) {
    if (!verification.built) return { skipped: NOT_BUILT }
    const message = `the crate has no library, so ${file} cannot use it`
    return {
      findings: [await runnerFinding(verification, file, 'file-not-found', message, 'add src/lib.rs')],
    }
  }
  const outcome = await compile(verification, file, externs)
  const wanted = `${promised.code}: ${promised.says}${promised.line === undefined ? '' : ` at line ${promised.line}`}`
  const answer = (message: string, line: number, column: number, detail: string[]): Checked => ({
    findings: [wrong(verification, file, line, column, `${message}, expected ${wanted}`, detail)],
  })
  if (outcome.kind === 'exited' && outcome.code === 0) return answer(`${file} compiles`, 1, 1, [])
  const diagnostics = parse(outcome.stderr).filter(({ level, code }) => level === 'error' && code !== null)
  if (diagnostics.length === 0)
    return answer(endedBadly('rustc', endingOf(outcome), 'an error with a code'), 1, 1, words(outcome.stderr))
  exercised.add(file)
  const strange = diagnostics.find((diagnostic) => !keeps(diagnostic, promised))
  if (strange === undefined) return { findings: [] }
  const { line, column } = strange.spans.find(({ primary }) => primary) ?? { line: 1, column: 1 }
  const detail = strange.rendered.trimEnd().split('\n').slice(1)
  return answer(`the error is ${strange.code}: ${strange.message}`, line, column, detail)
}

/** Arguments that name the crate's library and those that it depends on; `null` when it has none. */
function externsOf(verification: Verification, build: Build): string[] | null {
  const libraries = build.artifacts.filter(
    ({ kinds, test }) => !test && kinds.some((kind) => kind === 'lib' || kind === 'proc-macro'),
  )
  if (!ownArtifacts(verification, build).some((artifact) => libraries.includes(artifact))) return null
  return libraries.flatMap(({ name, files }) => {
    const library = files.find((path) => /\.(rmeta|rlib|so)$/.test(path))
    return library === undefined ? [] : ['--extern', `${name.replaceAll('-', '_')}=${library}`]
  })
}

async function compile(verification: Verification, file: string, externs: readonly string[]) {
  const { dir, target } = verification
  const scratch = join(target, 'rejects')
  await mkdir(scratch, { recursive: true })
  const edition = await editionOf(dir)
  const what = ['--edition', edition, '--crate-type', 'bin', '--emit', 'metadata,dep-info']
  const where = ['-L', `dependency=${join(target, 'debug', 'deps')}`, '--out-dir', scratch]
  const args = [...what, '--error-format', 'json', ...where, ...externs, file]
  return run(verification, { program: 'rustc', args, cwd: dir, timeoutMs: CHECK_LIMIT_MS })
}

function wrong(
  { pkg }: Verification,
  file: string,
  line: number,
  column: number,
  message: string,
  detail: string[],
): Finding {
  return {
    code: 'wrong-diagnostic',
    severity: 'error',
    ...locate(pkg, file, line, column),
    message,
    detail,
    remedy: `mend ${file}, or say in verify.test.ts and in the chapter what the compiler says now`,
  }
}

function keeps(diagnostic: RustDiagnostic, { code, says, line }: Rejection): boolean {
  const place = diagnostic.spans.find(({ primary }) => primary)
  return (
    diagnostic.code === code &&
    diagnostic.message.includes(says) &&
    (line === undefined || place?.line === line)
  )
}

function parse(stderr: string): RustDiagnostic[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => rustDiagnostic(JSON.parse(line)))
}

/** What rustc said, without the JSON around it. */
function words(stderr: string): string[] {
  return lastLines(
    parse(stderr)
      .map(({ rendered }) => rendered)
      .join(''),
  )
}

async function editionOf(dir: string): Promise<string> {
  return /^edition\s*=\s*"(\d{4})"/m.exec(await readFile(join(dir, 'Cargo.toml'), 'utf8'))?.[1] ?? '2015'
}
