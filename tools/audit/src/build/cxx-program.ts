import { basename, join } from 'node:path'
import { printed, WIPE } from '../crates/room.ts'
import type { Project } from '../project/project.ts'
import { standardOf } from '../project/standard.ts'
import { hasMain } from '../snippet/facts.ts'
import { isHeader, languageOf, readAs, stemOf } from '../snippet/path.ts'
import { compilerOf, foldersOf } from './check-cxx.ts'
import type { Bench } from './package.ts'
import type { Program } from './program.ts'
import { SANITIZERS } from './sanitize.ts'
import { good, inPairs } from './side-by-side.ts'

const LIMIT_MS = 2 * 60_000

/**
 * Compiles and links the program of a section that shows C++ and neither a manifest nor a `CMakeLists.txt`: the file
 * with `main` and those without one. `null` where there is none, or what it calls is not shown.
 */
export async function buildCxx(bench: Bench, project: Project): Promise<Program | null> {
  const sources = [...project.files.keys()].filter((path) => languageOf(path) === 'cpp' && !isHeader(path))
  const starts = (path: string) => project.files.get(path)!.some(({ snippet }) => snippet && hasMain(snippet))
  const mains = sources.filter(starts)
  const main = mains.find((path) => stemOf(path) === 'main') ?? mains[0]
  if (main === undefined) return null
  const parts = [main, ...sources.filter((path) => !mains.includes(path))]
  const folders = foldersOf(project).flatMap((folder) => ['-I', folder])
  const options = [...folders, ...bench.given.compile, '-pthread']
  const standard = standardOf(project)
  const linked = await link(bench, parts, options, standard, 'cxx')
  if (linked === null) return null
  const onlyC = linked.parts.every((path) => path.endsWith('.c'))
  const compiler = basename(compilerOf(bench).program)
  const commandLine = [
    ...(onlyC ? [compiler.replace('++', 'cc').replace('clangcc', 'clang')] : [compiler, `-std=${standard}`]),
    ...[...options, ...linked.parts, ...bench.given.link, '-o', stemOf(main)],
  ]
  return {
    path: linked.path,
    command: `${commandLine.join(' ')} && ./${stemOf(main)}`,
    others: sources.filter((path) => !linked.parts.includes(path)),
    sanitized: async () => {
      const again = await link(bench, linked.parts, [...options, ...SANITIZERS], standard, 'cxx-sanitized')
      return again?.path ?? null
    },
  }
}

/** Of the files after the first one, all go into its program; and where they do not, those that it needs. */
async function link(
  bench: Bench,
  parts: readonly string[],
  options: readonly string[],
  standard: string,
  place: string,
): Promise<{ path: string; parts: readonly string[] } | null> {
  const folder = join(bench.dir, '..', place)
  const args = ['-c', `${WIPE}; wipe "$1"; mkdir "$1"`, 'sh', folder]
  const fresh = { program: 'sh', args, cwd: bench.room.work, timeoutMs: LIMIT_MS }
  printed(await bench.toolchain.run(fresh), 'cannot be created again')
  const run = (program: string, args: readonly string[]) =>
    bench.toolchain.run({ program, args, cwd: bench.dir, timeoutMs: LIMIT_MS })
  const { program: compiler } = compilerOf(bench)
  const objects = parts.map((_, at) => join(folder, `${at}.o`))
  const compiled = await inPairs(parts, (path, at) =>
    run(compiler, [...options, '-c', ...readAs(path, false, standard), '-o', objects[at]!]),
  )
  if (!compiled.every(good)) return null
  const [main, ...others] = objects
  const path = join(folder, stemOf(parts[0]!))
  const { sources, link: libraries } = bench.given
  const archive: string[] = []
  const linked = (...what: string[]) =>
    run(compiler, [...options, ...what, ...archive, ...libraries, '-o', path])
  if (good(await linked(...objects))) return { path, parts }
  if (sources.length > 0) {
    // What the library itself is made of, as far as it compiles without its own build.
    const own = sources.map((_, at) => join(folder, `project-${at}.o`))
    const built = await inPairs(sources, (source, at) =>
      run(compiler, [...options, '-c', ...readAs(source, false, standard), '-o', own[at]!]),
    )
    archive.push(join(folder, 'project.a'))
    await run('ar', ['rc', archive[0]!, ...own.filter((_, at) => good(built[at]!))])
    if (good(await linked(...objects))) return { path, parts }
  }
  const library = join(folder, 'others.a')
  await run('ar', ['rc', library, ...others])
  // The linker names each file that it takes out of a library.
  const traced = await linked('-Wl,--trace', main!, library)
  if (!good(traced)) return null
  const taken = new Set([...traced.stdout.matchAll(/\b(\d+)\.o\b/g)].map(([, at]) => Number(at)))
  return { path, parts: parts.filter((_, at) => at === 0 || taken.has(at)) }
}
