import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Finding, locate } from '@cookbook/guide'
import { endingOf } from '@cookbook/toolchain'
import { type Build, ownArtifacts } from './build.ts'
import { type RustDiagnostic, rustDiagnostic } from './cargo-messages.ts'
import type { Checked } from './checks.ts'
import { run, type Verification } from './verification.ts'
import { endedBadly, lastLines } from './words.ts'

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
  const { dir, pkg, exercised, target } = verification
  const scratch = join(target, 'rejects')
  await mkdir(scratch, { recursive: true })
  const libraries = build.artifacts.filter(
    ({ kinds, test }) => !test && kinds.some((kind) => kind === 'lib' || kind === 'proc-macro'),
  )
  if (!ownArtifacts(verification, build).some((artifact) => libraries.includes(artifact)))
    return { skipped: 'the crate was not built' }
  const externs = libraries.flatMap(({ name, files }) => {
    const library = files.find((path) => /\.(rmeta|rlib|so)$/.test(path))
    return library === undefined ? [] : ['--extern', `${name.replaceAll('-', '_')}=${library}`]
  })
  const args = [
    ...[
      '--edition',
      await editionOf(dir),
      '--crate-type',
      'bin',
      '--emit',
      'metadata,dep-info',
      '--error-format',
      'json',
    ],
    ...[
      '-L',
      `dependency=${join(target, 'debug', 'deps')}`,
      '--out-dir',
      join(target, 'rejects'),
      ...externs,
      file,
    ],
  ]
  const outcome = await run(verification, { program: 'rustc', args, cwd: dir, timeoutMs: CHECK_LIMIT_MS })
  const diagnostics = parse(outcome.stderr).filter(({ level, code }) => level === 'error' && code !== null)
  const answer = (message: string, line: number, detail: string[]): Checked => {
    const remedy = `say in verify.test.ts and in the chapter what the compiler says now, or mend ${basename(file)}`
    const finding: Finding = {
      code: 'wrong-diagnostic',
      severity: 'error',
      ...locate(pkg, file, line, 1),
      message,
      detail,
      remedy,
    }
    return { findings: [finding] }
  }
  if (outcome.kind === 'exited' && outcome.code === 0) {
    return answer(`${file} compiles, expected the error ${promised.code}: ${promised.says}`, 1, [])
  }
  if (diagnostics.length === 0)
    return answer(
      endedBadly('rustc', endingOf(outcome), 'an error with a code'),
      1,
      lastLines(outcome.stderr),
    )
  const strange = diagnostics.find((diagnostic) => !keeps(diagnostic, promised))
  exercised.add(file)
  if (strange === undefined) return { findings: [] }
  const line = strange.spans.find(({ primary }) => primary)?.line ?? 1
  const message = `the error is ${strange.code}: ${strange.message}, expected ${promised.code}: ${promised.says}${promised.line === undefined ? '' : ` at line ${promised.line}`}`
  return answer(message, line, strange.rendered.trimEnd().split('\n'))
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

async function editionOf(dir: string): Promise<string> {
  return /^edition\s*=\s*"(\d{4})"/m.exec(await readFile(join(dir, 'Cargo.toml'), 'utf8'))?.[1] ?? '2015'
}
