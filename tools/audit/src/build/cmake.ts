import { join, relative } from 'node:path'
import { cmakeError, outputLines } from '@cookbook/diagnostics'
import { type Command, succeeded } from '@cookbook/toolchain'
import { CARGO_ENV } from '../crates/crates.ts'
import { printed } from '../crates/room.ts'
import { type ProjectDiagnostic, projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Line, listsOf, type Project, textOf } from '../project/project.ts'
import { CMAKE_FILE } from '../snippet/cmake-facts.ts'
import { type Bench, withoutOwnFolders } from './package.ts'
import type { Program } from './program.ts'
import { SANITIZERS } from './sanitize.ts'

/** What came of a `CMakeLists.txt`: it configures and builds, or the first thing that is wrong, or it cannot be tried. */
export type Configured =
  | { kind: 'builds'; program: Program | null }
  | { kind: 'fails'; problem: ProjectDiagnostic }
  | { kind: 'untried'; reason: string; fetches?: boolean }

const LIMIT_MS = 10 * 60_000
const KEEP_BYTES = 4 * 1024 * 1024
const DETAIL_LINES = 12

/** `cmake -B build && cmake --build build`, as a reader would. A cargo that it asks finds the crates compiled. */
export async function buildWithCmake(bench: Bench, project: Project): Promise<Configured> {
  const folder = join(bench.dir, '..', 'cmake')
  const lines = project.files.get(CMAKE_FILE)!
  const fetches = lines.findIndex(({ text }) => FETCHES.test(text))
  if (fetches >= 0) {
    const call = FETCHES.exec(lines[fetches]!.text)![1]!
    return {
      kind: 'untried',
      fetches: true,
      reason: `it needs a network, for ${call} at line ${lines[fetches]!.code?.at.line ?? fetches + 1}`,
    }
  }
  const { configure, build } = commands(bench, folder, [])
  const configured = await bench.toolchain.run(configure)
  if (configured.kind === 'missing') return { kind: 'untried', reason: 'cmake is not installed here' }
  if (!succeeded(configured, configure)) return notConfigured(withoutOwnFolders(bench, configured.stderr))
  const built = await bench.toolchain.run(build)
  if (succeeded(built, build))
    return { kind: 'builds', program: await programIn(bench, textOfLists(project), folder) }
  const said = outputLines(withoutOwnFolders(bench, `${built.stdout}\n${built.stderr}`)).filter(
    (line) => line.trim() !== '',
  )
  const library = /cannot find -l([\w.+-]+)/.exec(said.join('\n'))?.[1]
  if (library !== undefined)
    return { kind: 'untried', reason: `it links the library ${library}, which is neither shown nor here` }
  const first = said.findIndex((line) => /\berror\b|undefined reference|No rule to make/i.test(line))
  const detail = said.slice(Math.max(0, first)).slice(0, DETAIL_LINES)
  return {
    kind: 'fails',
    problem: problemAt(
      lineOfTarget(lines, said, first),
      `cmake --build: ${detail[0]?.trim() ?? 'failed'}`,
      detail,
    ),
  }
}

/** The line about the target that was not built: what it is linked of, where that is what fails. */
function lineOfTarget(lines: readonly Line[], said: readonly string[], first: number): number {
  const rest = said.slice(Math.max(0, first))
  const target =
    rest.flatMap((line) => /CMakeFiles\/([\w.+-]+)\.dir\//.exec(line)?.[1] ?? [])[0] ?? '[\\w.+-]+'
  const name = /^[\w.+-]+$/.test(target) ? target.replace(/[.+]/g, '\\$&') : target
  const links = /undefined reference|undefined symbol/.test(rest.slice(0, DETAIL_LINES).join('\n'))
  const calls = [...(links ? ['target_link_libraries'] : []), 'add_(?:executable|library|custom_target)']
  for (const call of calls) {
    const at = lines.findIndex(({ text }) => new RegExp(`^\\s*${call}\\s*\\(\\s*${name}\\b`, 'i').test(text))
    if (at >= 0) return at + 1
  }
  return (
    lines.findIndex(({ text }) => /^\s*add_(?:executable|library|custom_target)\s*\(/i.test(text)) + 1 || 1
  )
}

function commands(bench: Bench, folder: string, flags: readonly string[]) {
  const base: Omit<Command, 'args'> = {
    program: 'cmake',
    cwd: bench.dir,
    env: {
      ...CARGO_ENV,
      CARGO_TARGET_DIR: bench.target,
      CARGO_NET_OFFLINE: 'true',
      ...(flags.length > 0 ? { CXXFLAGS: flags.join(' ') } : {}),
    },
    timeoutMs: LIMIT_MS,
    keepBytes: KEEP_BYTES,
  }
  const configure: Command = { ...base, args: ['-S', '.', '-B', folder] }
  const build: Command = { ...base, args: ['--build', folder] }
  return { configure, build }
}

const textOfLists = (project: Project): string =>
  listsOf(project)
    .map((path) => textOf(project.files.get(path)!))
    .join('\n')

/** The first program that CMake is told to make. */
async function programIn(bench: Bench, text: string, folder: string): Promise<Program | null> {
  const name = /^[ \t]*add_executable\s*\(\s*([\w.+-]+)/im.exec(text)?.[1]
  if (name === undefined) return null
  const args = ['-P', folder, '-type', 'f', '-name', name, '-print', '-quit']
  const command = { program: 'find', args, cwd: bench.dir, timeoutMs: LIMIT_MS }
  const path = printed(await bench.toolchain.run(command), 'cannot be listed').trim()
  if (path === '') return null
  const place = relative(folder, path)
  return {
    path,
    command: `cmake -B build && cmake --build build && build/${place}`,
    others: [],
    sanitized: async () => {
      const again = `${folder}-sanitized`
      const { configure, build } = commands(bench, again, SANITIZERS)
      for (const command of [configure, build])
        if (!succeeded(await bench.toolchain.run(command), command)) return null
      return join(again, place)
    },
  }
}

/** Of what is not installed on this machine the guide is not to blame. */
const ABSENT =
  /Could not find a package configuration file provided by "([^"]+)"|Could NOT find (\w+)|No package '([^']+)' found|The following required packages were not found:\s*- (\S+)/

/** What fetches sources of others while CMake configures or builds. */
const FETCHES =
  /^[^#]*?\b(FetchContent_(?:Declare|MakeAvailable|Populate)|ExternalProject_Add|CPMAddPackage)\s*\(/i

function notConfigured(stderr: string): Configured {
  const absent = ABSENT.exec(stderr)
    ?.slice(1)
    .find((name) => name !== undefined)
  if (absent !== undefined) return { kind: 'untried', reason: `CMake does not find ${absent} here` }
  const newer = /CMake ([\d.]+) or higher is required/.exec(stderr)?.[1]
  if (newer !== undefined) return { kind: 'untried', reason: `it needs CMake ${newer}` }
  const found = cmakeError(stderr)
  const detail = outputLines(stderr.trim()).slice(0, DETAIL_LINES)
  const message = found?.message ?? detail.find((text) => text.trim() !== '')?.trim() ?? 'cmake failed'
  return { kind: 'fails', problem: problemAt(found?.location?.line ?? 1, message, detail) }
}

const problemAt = (line: number, message: string, detail: readonly string[]): ProjectDiagnostic =>
  projectDiagnostic({ tool: 'CMake', path: CMAKE_FILE, line, column: 1, message, detail })
