import { join } from 'node:path'
import type { BuiltCrates } from '../crates/crates-built.ts'
import { rustProblems } from '../diagnostic/project-diagnostic.ts'
import { dependencies } from '../project/manifest.ts'
import { type Project, textOf } from '../project/project.ts'
import type { Checked } from './check-cxx.ts'
import type { Bench } from './package.ts'
import { good, inPairs, problemsOf } from './side-by-side.ts'

const LIMIT_MS = 60_000
const KEEP_BYTES = 4 * 1024 * 1024
const PROGRAM = /^(?:src\/main\.rs|src\/bin\/\w+\.rs|examples\/\w+\.rs)$/

/** Checks the library, what uses it, and the build script, each by itself. */
export async function compileRust(
  bench: Bench,
  project: Project,
  crates: BuiltCrates,
  scratch: string,
): Promise<Checked[]> {
  const { files, name: packageName } = project
  const manifest = files.get('Cargo.toml')!
  const name = packageName.replaceAll('-', '_')
  const externs = externsOf(crates, dependencies(manifest))
  const has = files.has('src/lib.rs')
  const library = has
    ? await check('src/lib.rs', ['--crate-name', name, '--crate-type', 'lib', ...externs])
    : []
  const sound = library.every(({ problems }) => problems.length === 0)
  const own = has && sound ? ['--extern', `${name}=${join(scratch, `lib${name}.rmeta`)}`] : []
  // Without the library nothing can be said of what uses it.
  const usable = [...files.keys()].filter(
    (path) => PROGRAM.test(path) && (sound || !new RegExp(`\\b${name}\\b`).test(textOf(files.get(path)!))),
  )
  const programs = await inPairs(usable, (path) =>
    check(path, ['--crate-name', path.replace(/\W/g, '_'), '--crate-type', 'bin', ...externs, ...own]),
  )
  // What only a test build compiles is compiled in one.
  const tested = sound && hasTests(files) ? ['src/lib.rs', 'src/main.rs'] : []
  const present = tested.filter((path) => files.has(path))
  const tests = await inPairs(present, (path) =>
    check(path, ['--crate-name', `tests_of_${path.replace(/\W/g, '_')}`, '--test', ...externs, ...own]),
  )
  const script = [
    '--crate-name',
    'build_rs',
    '--crate-type',
    'bin',
    ...externsOf(crates, dependencies(manifest, true)),
  ]
  return [
    ...library,
    ...programs.flat(),
    ...tests.flat(),
    ...(files.has('build.rs') ? await check('build.rs', script) : []),
  ]

  async function check(path: string, more: readonly string[]): Promise<Checked[]> {
    const edition = /^[ \t]*edition\s*=\s*"(\d+)"/m.exec(textOf(manifest))?.[1] ?? '2015'
    const info = join(scratch, `${more[1]}.d`)
    const emit = `metadata,dep-info=${info}`
    const what = [
      path,
      '--edition',
      edition,
      '--emit',
      emit,
      '--error-format',
      'json',
      '--cap-lints',
      'allow',
    ]
    const where = ['--out-dir', scratch, '-L', `dependency=${join(crates.seed, 'debug/deps')}`]
    const outcome = await bench.toolchain.run({
      program: 'rustc',
      args: [...what, ...where, ...more],
      cwd: bench.dir,
      env: {
        CARGO_MANIFEST_DIR: bench.dir,
        CARGO_PKG_NAME: packageName,
        CARGO_PKG_VERSION: '0.1.0',
        OUT_DIR: scratch,
      },
      timeoutMs: LIMIT_MS,
      keepBytes: KEEP_BYTES,
    })
    const found = rustProblems(outcome.stderr)
    return [{ problems: good(outcome) ? [] : problemsOf(outcome, found, 'rustc', path), info }]
  }
}

function hasTests(files: Project['files']): boolean {
  return [...files.values()].some((lines) =>
    lines.some(({ text }) => /#\[(?:cfg\(test\)|(?:\w+::)*test\b)/.test(text)),
  )
}

function externsOf({ externs }: BuiltCrates, wanted: readonly string[]): string[] {
  return externs.flatMap(({ name, file }) => (wanted.includes(name) ? ['--extern', `${name}=${file}`] : []))
}
