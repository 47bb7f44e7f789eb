import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { rustcHost } from '@cookbook/toolchain'
import type { BuiltCrates } from '../crates/crates-built.ts'
import { printed, type Room, WIPE } from '../crates/room.ts'
import { bridgeProblems, cxxProblems, type ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { isInC, type Line, listsOf, type Project, textOf } from '../project/project.ts'
import { CMAKE_FILE, named } from '../snippet/cmake-facts.ts'
import { skeleton } from '../snippet/language/skeleton.ts'
import { baseOf, isHeader, readAs } from '../snippet/path.ts'
import { type Bench, isOwn } from './package.ts'
import { good, inPairs, problemsOf } from './side-by-side.ts'

const LIMIT_MS = 60_000
const KEEP_BYTES = 4 * 1024 * 1024

/** What a compiler says of one file, and where it tells what it read for that. */
export type Checked = { problems: readonly ProjectDiagnostic[]; info: string }

const SCRIPT = `${WIPE}
set -e
scratch=$1 dir=$2 name=$3 tool=$4
wipe "$scratch"
mkdir -p "$scratch/cxxbridge/crate" "$scratch/empty" "$scratch/../read"
if [ -n "$tool" ]; then
  cd "$scratch/empty"
  printf '#[cxx::bridge]\nmod ffi {}\n' > empty.rs
  CARGO_MANIFEST_DIR=$PWD "$tool" empty.rs
  rm -rf "$scratch/cxxbridge/sources" "$scratch/cxxbridge/crate/$name"
fi
ln -s "$dir" "$scratch/cxxbridge/crate/$name"`

/**
 * Creates the folder `scratch` again, with what cxx-build generates of an empty bridge: so "rust/cxx.h" is there when
 * every bridge of the guide is refused.
 */
export async function prepare(
  bench: Bench,
  project: Project,
  crates: BuiltCrates | null,
  scratch: string,
): Promise<void> {
  const args = ['-c', SCRIPT, 'sh', scratch, bench.dir, project.name, crates?.tool ?? '']
  const env = generating(bench, project, scratch)
  const command = { program: 'sh', args, cwd: bench.room.work, env, timeoutMs: LIMIT_MS }
  printed(await bench.toolchain.run(command), 'cannot be created again')
}

/** The variables that cxx-build reads. */
function generating(bench: Bench, { name }: Project, scratch: string): Record<string, string> {
  const host = rustcHost(bench.toolchain) ?? ''
  const target = { OPT_LEVEL: '0', TARGET: host, HOST: host }
  return { OUT_DIR: scratch, CARGO_MANIFEST_DIR: bench.dir, CARGO_PKG_NAME: name, ...target }
}

/** Generates the C++ of each bridge as cxx-build does, below `scratch`, without compiling it. */
export async function compileBridges(
  bench: Bench,
  project: Project,
  { tool }: BuiltCrates,
  scratch: string,
): Promise<ProjectDiagnostic[]> {
  if (tool === null) return []
  const rest = { env: generating(bench, project, scratch), timeoutMs: LIMIT_MS }
  const problems: ProjectDiagnostic[] = []
  for (const [path, lines] of project.files) {
    if (!path.endsWith('.rs') || !/#\s*!?\[\s*cxx::bridge\b/.test(skeleton(textOf(lines), 'rust'))) continue
    const outcome = await bench.toolchain.run({ program: tool, args: [path], cwd: bench.dir, ...rest })
    if (!good(outcome)) problems.push(...bridgeProblems(outcome.stderr, path))
  }
  return problems
}

/** Checks each header and each C++ file, and then what is generated for the bridges. */
export async function compileCxx(
  bench: Bench,
  project: Project,
  scratch: string,
  standard: string,
  crates: BuiltCrates | null,
): Promise<Checked[]> {
  const generated = crates?.tool ? await generatedIn(bench, join(scratch, 'cxxbridge/sources')) : []
  const own = [...project.files.keys()]
  const paths = [
    // By itself as well: what a header lacks at its end is else told of the file that includes it.
    ...own.filter(isHeader),
    ...own.filter((path) => /\.(?:c|cc|cpp|cxx)$/.test(path)),
    ...generated,
  ]
  const folders = ['include', 'crate'].map((folder) => join(scratch, 'cxxbridge', folder))
  const libraries = crates?.includes ?? []
  const include = [...folders, ...foldersOf(project), ...libraries].flatMap((folder) => ['-I', folder])
  const known = checkedBefore(bench)
  const shared = sharedText(project)
  return inPairs(paths, async (path) => {
    const language = readAs(path, isInC(project, path), standard)
    const text = textOf(project.files.get(path) ?? [])
    const key = hashOf(JSON.stringify([path, language, include, text, shared]))
    const before = known.get(key)
    if (before !== undefined) return before
    // What a compiler read is asked for at the end, when another package may lie in `scratch`.
    const info = join(scratch, '..', 'read', `${key}.d`)
    // Columns are those of the line's characters: g++ counts a tab as the next multiple of eight.
    const always = ['-fsyntax-only', '-ftabstop=1', '-MMD', '-MF', info]
    const args = [...always, ...include, ...bench.given.compile, ...language]
    const outcome = await bench.toolchain.run({
      program: compilerOf(bench).program,
      args,
      cwd: bench.dir,
      timeoutMs: LIMIT_MS,
      keepBytes: KEEP_BYTES,
    })
    const said = namesAsTypes(outcome.stderr)
    const isGood = good(outcome) && said === outcome.stderr
    const found = cxxProblems(said, isOwn(bench)).map((problem) => ({ ...problem, unit: path }))
    const checked = { problems: isGood ? [] : problemsOf(outcome, found, 'C++', path), info }
    if (outcome.kind === 'exited' || outcome.kind === 'timed-out') known.set(key, checked)
    return checked
  })
}

const checks = new WeakMap<Room, Map<string, Checked>>()

/** What is known of the files that were checked in a room: a repair changes few of them. */
function checkedBefore({ room }: Bench): Map<string, Checked> {
  const known = checks.get(room) ?? new Map()
  checks.set(room, known)
  return known
}

/** All that a file of C++ may include of its package: its headers, what else is included, and what bridges are made of. */
function sharedText({ files, name }: Project): string {
  const included = new Set(
    [...files.values()].flatMap((lines) =>
      lines.flatMap(({ text }) => /^\s*#\s*include\s*["<]([^">]+)[">]/.exec(text)?.[1] ?? []).map(baseOf),
    ),
  )
  const shared = [...files].filter(
    ([path, lines]) =>
      isHeader(path) || included.has(baseOf(path)) || (path.endsWith('.rs') && isBridged(lines)),
  )
  return hashOf(JSON.stringify([name, ...shared.map(([path, lines]) => [path, textOf(lines)])]))
}

const isBridged = (lines: readonly Line[]) => lines.some(({ text }) => text.includes('cxx::bridge'))
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** A name in place of a type is an old way to declare parameters in C: nobody means that, and the type is missing. */
const namesAsTypes = (stderr: string): string =>
  stderr.replace(
    /warning: parameter names \(without types\) in function declaration\n([^\n]{0,500}\(\s*(\w{1,100})\b[^()\n]{0,100}\)\s*[;{])/g,
    (_, code, name) => `error: unknown type name ‘${name}’\n${code}`,
  )

async function generatedIn(bench: Bench, folder: string): Promise<string[]> {
  const script = '[ ! -d "$1" ] || find -P "$1" -type f -name "*.cc"'
  const command = { program: 'sh', args: ['-c', script, 'sh', folder], cwd: bench.dir, timeoutMs: LIMIT_MS }
  const listed = printed(await bench.toolchain.run(command), 'cannot be listed')
  return listed
    .split('\n')
    .filter((path) => path !== '')
    .sort()
}

export const compilerOf = ({ toolchain }: Bench) =>
  toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!

/**
 * The folders that C++ is included from: what build.rs gives to `.include(...)`, and what CMake includes from. Where a
 * guide shows neither, its headers are where they are found.
 */
export function foldersOf({ files }: Project): string[] {
  if (!['build.rs', 'Cargo.toml', CMAKE_FILE].some((path) => files.has(path)))
    return [...new Set([...files.keys()].filter(isHeader).map(dirname))]
  const text = (path: string) => textOf(files.get(path) ?? [])
  const script = [...text('build.rs').matchAll(/\.include\(\s*"([^"]+)"/g)].map(([, folder]) => folder!)
  const listed = listsOf({ files }).flatMap((path) =>
    named(text(path)).folders.map((folder) => join(dirname(path), folder)),
  )
  return [...script, ...listed]
}
