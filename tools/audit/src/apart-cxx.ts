import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Assembled, textOf } from './assembled.ts'
import { CMAKE_FILE, named } from './cmake-says.ts'
import type { BuiltCrates } from './crates.ts'
import { type Bench, isOwn } from './package.ts'
import { isHeader } from './path.ts'
import { bridgeProblems, cxxProblems, type Problem } from './problem.ts'
import { good, inPairs } from './side-by-side.ts'
import { skeleton } from './skeleton.ts'

const LIMIT_MS = 60_000
const KEEP_BYTES = 4 * 1024 * 1024

/** Generates the C++ of each bridge as cxx-build does, below `scratch`, without compiling it. */
export async function compileBridges(
  bench: Bench,
  assembled: Assembled,
  { tool }: BuiltCrates,
  scratch: string,
): Promise<Problem[]> {
  if (tool === null) return []
  const host = bench.toolchain.tools.flatMap(({ says }) => /^host: (.*)$/m.exec(says)?.[1] ?? [])[0] ?? ''
  const generate = (path: string, dir: string) => {
    const env = {
      OUT_DIR: scratch,
      CARGO_MANIFEST_DIR: dir,
      CARGO_PKG_NAME: assembled.name,
      OPT_LEVEL: '0',
      TARGET: host,
      HOST: host,
    }
    return bench.toolchain.run({ program: tool, args: [path], cwd: dir, env, timeoutMs: LIMIT_MS })
  }
  // A bridge of nothing, so that "rust/cxx.h" is there when every bridge of the guide is refused.
  const empty = join(scratch, 'empty')
  await mkdir(empty)
  await writeFile(join(empty, 'empty.rs'), '#[cxx::bridge]\nmod ffi {}\n')
  await generate('empty.rs', empty)
  await rm(join(scratch, 'cxxbridge/sources'), { recursive: true, force: true })
  const crate = join(scratch, 'cxxbridge/crate', assembled.name)
  await rm(crate, { force: true })
  await symlink(bench.dir, crate)
  const problems: Problem[] = []
  for (const [path, lines] of assembled.files) {
    if (!path.endsWith('.rs') || !/#\s*!?\[\s*cxx::bridge\b/.test(skeleton(textOf(lines), 'rust'))) continue
    const outcome = await generate(path, bench.dir)
    if (!good(outcome)) problems.push(...bridgeProblems(outcome.stderr, path))
  }
  return problems
}

/** Checks each header and each C++ file, and then what is generated for the bridges. */
export async function compileCxx(
  bench: Bench,
  assembled: Assembled,
  scratch: string,
  standard: string,
  libraries: readonly string[],
): Promise<Problem[]> {
  const sources = join(scratch, 'cxxbridge/sources')
  const generated = await readdir(sources, { recursive: true }).catch((): string[] => [])
  const own = [...assembled.files.keys()]
  const paths = [
    // By itself as well: what a header lacks at its end is else told of the file that includes it.
    ...own.filter(isHeader),
    ...own.filter((path) => /\.(?:cc|cpp|cxx)$/.test(path)),
    ...generated.filter((path) => path.endsWith('.cc')).map((path) => join(sources, path)),
  ]
  const folders = ['include', 'crate'].map((folder) => join(scratch, 'cxxbridge', folder))
  const include = [...folders, ...foldersOf(assembled), ...libraries].flatMap((folder) => ['-I', folder])
  const problems = await inPairs(paths, async (path, at) => {
    const info = join(scratch, `cxx-${at}.d`)
    const args = [`-std=${standard}`, '-fsyntax-only', '-MMD', '-MF', info, ...include, '-x', 'c++', path]
    const outcome = await bench.toolchain.run({
      program: compilerOf(bench).program,
      args,
      cwd: bench.dir,
      timeoutMs: LIMIT_MS,
      keepBytes: KEEP_BYTES,
    })
    if (good(outcome)) return []
    await rm(info, { force: true })
    return cxxProblems(outcome.stderr, isOwn(bench)).map((problem) => ({ ...problem, unit: path }))
  })
  return problems.flat()
}

export const compilerOf = ({ toolchain }: Bench) =>
  toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!

/**
 * The folders that C++ is included from: what build.rs gives to `.include(...)`, and what CMake includes from. Where a
 * guide shows neither, its headers are where they are found.
 */
export function foldersOf({ files }: Assembled): string[] {
  if (!['build.rs', 'Cargo.toml', CMAKE_FILE].some((path) => files.has(path)))
    return [...new Set([...files.keys()].filter(isHeader).map(dirname))]
  const text = (path: string) => textOf(files.get(path) ?? [])
  const script = [...text('build.rs').matchAll(/\.include\(\s*"([^"]+)"/g)].map(([, folder]) => folder!)
  return [...script, ...named(text(CMAKE_FILE)).folders]
}
