import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { cmakeError, compiledFrom } from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import { type Command, exitStatusOf, type Outcome, succeeded } from '@cookbook/toolchain'
import { isWatched } from '../context/cell.ts'
import { lastLines, unexpectedExit } from '../context/messages.ts'
import { run, type Verification } from '../context/verification.ts'
import { cxxFindings } from '../diagnostic/cxx-findings.ts'
import { sourceFinding } from '../diagnostic/source-finding.ts'

/** What CMake built where C++ owns `main`. */
export type CmakeBuild = {
  findings: readonly Finding[]
  /** Paths of the programs, by name. */
  programs: ReadonlyMap<string, string>
  /** Absolute paths of what the compiler read, by its own dep-info. */
  read: readonly string[]
  /** Absolute paths of what CMake itself read. */
  configured: readonly string[]
}

const LIMIT_MS = 10 * 60_000
export const NO_CMAKE: CmakeBuild = { findings: [], programs: new Map(), read: [], configured: [] }

/**
 * Builds the package's CMakeLists.txt, if it has one, in a fresh folder: an object of yesterday's source must not
 * pass for one of today's. Warnings are errors.
 */
export async function buildWithCmake(verification: Verification): Promise<CmakeBuild> {
  const { dir, target, cell, buildProfile } = verification
  const lists = join(dir, 'CMakeLists.txt')
  if (!(await isFile(lists)) || isWatched(cell)) return NO_CMAKE
  const folder = join(target, 'cmake')
  const programs = join(folder, 'programs')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  // Makefiles, because Ninja swallows the dep-info that is the proof of what was read.
  const configure = [
    '-S',
    dir,
    '-B',
    folder,
    '-G',
    'Unix Makefiles',
    `-DCMAKE_BUILD_TYPE=${buildProfile.profile === 'release' ? 'Release' : 'Debug'}`,
  ]
  const settings = [
    `-DCMAKE_CXX_FLAGS=${buildProfile.env.CXXFLAGS}`,
    ...(cell === null ? [] : [`-DCMAKE_CXX_STANDARD=${cell.std.slice(3)}`, '-DCMAKE_CXX_EXTENSIONS=OFF']),
    `-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${programs}`,
    // The flags ask for dep-info already, and clang takes a second -MD for an error: of what is built, and of what
    // `find_package` tries.
    '-DCMAKE_DEPENDS_USE_COMPILER=OFF',
    '-DCMAKE_TRY_COMPILE_PLATFORM_VARIABLES=CMAKE_DEPENDS_USE_COMPILER',
  ]
  for (const args of [
    [...configure, ...settings],
    ['--build', folder, '--parallel', '2'],
  ]) {
    const command: Command = {
      program: 'cmake',
      args,
      // CMake asks the compiler about itself here, and with our flags the answer comes with a file.
      cwd: folder,
      env: { CARGO_TARGET_DIR: target },
      timeoutMs: LIMIT_MS,
    }
    const outcome = await run(verification, command)
    if (!succeeded(outcome, command)) return { ...NO_CMAKE, findings: failed(verification, outcome) }
  }
  const names = await readdir(programs).catch((): string[] => [])
  return {
    findings: [],
    programs: new Map(names.map((name) => [name, join(programs, name)])),
    read: await depInfo(folder),
    configured: [lists, ...(await configuredFrom(folder))],
  }
}

function failed({ pkg }: Verification, outcome: Outcome): Finding[] {
  const placed = cxxFindings(pkg, outcome.stderr)
  if (placed.length > 0) return placed
  const error = cmakeError(outcome.stderr)
  const message =
    error === null
      ? unexpectedExit('cmake', exitStatusOf(outcome), 'exit code 0')
      : `cmake: ${error.code}: ${error.message}`
  const location = error?.location ?? { path: 'CMakeLists.txt', line: 1, column: 1 }
  return [sourceFinding(pkg, location, { message, detail: lastLines(outcome.stderr || outcome.stdout) })]
}

/** What CMake notes that its makefiles depend on. */
async function configuredFrom(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'CMakeFiles/Makefile.cmake'), 'utf8')
  const [, list = ''] = /set\(CMAKE_MAKEFILE_DEPENDS\n([^)]*)\)/.exec(text) ?? []
  return [...list.matchAll(/^ *"(.*)"$/gm)].map(([, path]) => resolve(folder, path!))
}

async function depInfo(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.d'))
  const found = paths.map((entry) => compiledFrom(join(entry.parentPath, entry.name), folder))
  return (await Promise.all(found)).flat()
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true
}
