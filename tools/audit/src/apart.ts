import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from '@cookbook/toolchain'
import { type Assembled, textOf } from './assembled.ts'
import { type Bench, type Compiled, filesRead, isOwn, withinPackage } from './compile.ts'
import { type Crates, cratesFor } from './crates.ts'
import { dependencies } from './manifest.ts'
import { isHeader } from './path.ts'
import { bridgeProblems, cxxProblems, type Problem, rustProblems } from './problem.ts'
import { skeleton } from './skeleton.ts'

const LIMIT_MS = 60_000
const KEEP_BYTES = 4 * 1024 * 1024

/**
 * Compiles what can be compiled by itself, so that no error hides another: each bridge, each C++ file as far as its
 * types go, each Rust crate as far as its own do. Nothing is linked.
 */
export async function buildApart(bench: Bench, assembled: Assembled, standard: string): Promise<Compiled> {
  const scratch = join(bench.dir, '..', 'apart')
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  const manifest = assembled.files.get('Cargo.toml')
  const crates = manifest === undefined ? null : await cratesFor(bench, manifest, false)
  const rust = crates === null ? [] : await compileRust(bench, assembled, crates, scratch)
  const bridged = crates === null ? [] : await compileBridges(bench, assembled, crates, scratch)
  const cxx = await compileCxx(bench, assembled, scratch, standard)
  const problems = [...rust, ...bridged, ...cxx].map((problem) => withinPackage(bench, problem))
  const failing = new Set(problems.map(({ path }) => path))
  const read = await filesRead(bench, assembled, scratch)
  read.delete('Cargo.toml')
  read.delete('build.rs')
  return {
    problems: distinct(problems),
    files: new Set([...read].filter((path) => !failing.has(path))),
    program: null,
  }
}

export function distinct(problems: readonly Problem[]): Problem[] {
  return [
    ...Map.groupBy(
      problems,
      ({ path, line, column, message }) => `${path}:${line}:${column}:${message}`,
    ).values(),
  ].map(([first]) => first!)
}

async function compileBridges(
  bench: Bench,
  assembled: Assembled,
  crates: Crates,
  scratch: string,
): Promise<Problem[]> {
  if (crates.kind === 'refused' || crates.tool === null) return []
  const problems: Problem[] = []
  for (const [path, lines] of assembled.files) {
    if (!path.endsWith('.rs') || !/#\s*\[\s*cxx::bridge\b/.test(skeleton(textOf(lines), 'rust'))) continue
    const host = bench.toolchain.tools
      .map(({ says }) => /^host: (.*)$/m.exec(says)?.[1])
      .find((found) => found !== undefined)
    const env = {
      OUT_DIR: scratch,
      CARGO_MANIFEST_DIR: bench.dir,
      CARGO_PKG_NAME: assembled.name,
      OPT_LEVEL: '0',
      TARGET: host ?? 'x86_64-unknown-linux-gnu',
      HOST: host ?? 'x86_64-unknown-linux-gnu',
    }
    const outcome = await bench.toolchain.run({
      program: crates.tool,
      args: [path],
      cwd: bench.dir,
      env,
      timeoutMs: LIMIT_MS,
    })
    if (!good(outcome)) problems.push(...bridgeProblems(outcome.stderr, path))
  }
  return problems
}

async function compileCxx(
  bench: Bench,
  assembled: Assembled,
  scratch: string,
  standard: string,
): Promise<Problem[]> {
  const compiler = bench.toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')
  const generated = await readdir(join(scratch, 'cxxbridge/sources'), { recursive: true }).catch(
    (): string[] => [],
  )
  const own = [...assembled.files.keys()].filter((path) => /\.(?:cc|cpp|cxx)$/.test(path))
  const paths = [
    ...own,
    ...generated
      .filter((path) => path.endsWith('.cc'))
      .map((path) => join(scratch, 'cxxbridge/sources', path)),
  ]
  const included = new Set<string>()
  for (const lines of assembled.files.values())
    for (const { text } of lines)
      for (const [, path] of text.matchAll(/include!?\s*\(?\s*"([^"]+)"/g))
        included.add(path!.split('/').at(-1)!)
  // A header that nobody includes is compiled all the same.
  paths.push(
    ...[...assembled.files.keys()].filter((path) => isHeader(path) && !included.has(path.split('/').at(-1)!)),
  )
  const folders = [
    join(scratch, 'cxxbridge/include'),
    join(scratch, 'cxxbridge/crate'),
    ...includeFolders(assembled),
  ]
  const problems = await inPairs(paths, async (path, at) => {
    const args = [
      `-std=${standard}`,
      '-fsyntax-only',
      '-MMD',
      '-MF',
      join(scratch, `cxx-${at}.d`),
      ...folders.flatMap((folder) => ['-I', folder]),
      '-x',
      'c++',
      path,
    ]
    const outcome = await bench.toolchain.run({
      program: compiler!.program,
      args,
      cwd: bench.dir,
      timeoutMs: LIMIT_MS,
      keepBytes: KEEP_BYTES,
    })
    if (good(outcome)) return []
    await rm(join(scratch, `cxx-${at}.d`), { force: true })
    return cxxProblems(outcome.stderr, isOwn(bench)).map((problem) => ({ ...problem, unit: path }))
  })
  return problems.flat()
}

/** What build.rs gives to `.include(...)`. */
export function includeFolders({ files }: Assembled): string[] {
  const script = files.get('build.rs')
  if (script === undefined) return []
  return [...textOf(script).matchAll(/\.include\(\s*"([^"]+)"/g)].map(([, folder]) => folder!)
}

async function compileRust(
  bench: Bench,
  assembled: Assembled,
  crates: Crates,
  scratch: string,
): Promise<Problem[]> {
  if (crates.kind === 'refused') return []
  const edition = /^\s*edition\s*=\s*"(\d+)"/m.exec(textOf(assembled.files.get('Cargo.toml')!))?.[1] ?? '2015'
  const name = assembled.name.replaceAll('-', '_')
  const direct = dependencies(assembled.files.get('Cargo.toml')!)
  const externs = crates.externs.flatMap(({ name, file }) =>
    direct.includes(name) ? ['--extern', `${name}=${file}`] : [],
  )
  const compile = async (path: string, kind: 'lib' | 'bin', more: readonly string[]): Promise<Problem[]> => {
    const crate = kind === 'lib' ? name : path.replace(/\W/g, '_')
    const args = [
      path,
      '--crate-name',
      crate,
      '--crate-type',
      kind,
      '--edition',
      edition,
      '--emit',
      'metadata,dep-info',
      '--error-format',
      'json',
      '--cap-lints',
      'allow',
      '--out-dir',
      scratch,
      '-L',
      `dependency=${join(crates.seed, 'debug/deps')}`,
      ...externs,
      ...more,
    ]
    const env = {
      CARGO_MANIFEST_DIR: bench.dir,
      CARGO_PKG_NAME: assembled.name,
      CARGO_PKG_VERSION: '0.1.0',
      OUT_DIR: scratch,
    }
    const outcome = await bench.toolchain.run({
      program: 'rustc',
      args,
      cwd: bench.dir,
      env,
      timeoutMs: LIMIT_MS,
      keepBytes: KEEP_BYTES,
    })
    if (good(outcome)) return []
    await rm(join(scratch, `${kind === 'lib' ? `lib${crate}` : crate}.d`), { force: true })
    await rm(join(scratch, `${crate}.d`), { force: true })
    return rustProblems(outcome.stderr)
  }
  const library = assembled.files.has('src/lib.rs') ? await compile('src/lib.rs', 'lib', []) : []
  const own =
    library.length === 0 && assembled.files.has('src/lib.rs')
      ? ['--extern', `${name}=${join(scratch, `lib${name}.rmeta`)}`]
      : []
  const programs = [...assembled.files.keys()].filter((path) =>
    /^(?:src\/main\.rs|src\/bin\/\w+\.rs|examples\/\w+\.rs)$/.test(path),
  )
  // Without the library nothing can be said of what uses it.
  const usable = programs.filter(
    (path) => library.length === 0 || !new RegExp(`\\b${name}::`).test(textOf(assembled.files.get(path)!)),
  )
  const found = await inPairs(usable, (path) => compile(path, 'bin', own))
  return [...library, ...found.flat()]
}

const good = (outcome: Outcome) => outcome.kind === 'exited' && outcome.code === 0

/** Two at a time: as many as most machines have processors to spare. */
async function inPairs<T, R>(items: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!, at)
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
