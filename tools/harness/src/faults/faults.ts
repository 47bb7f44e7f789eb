import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  buildFolder,
  type Command,
  describeExit,
  exitStatusOf,
  succeeded,
  type Toolchain,
} from '@cookbook/toolchain'
import { lastLines } from '../context/messages.ts'
import { UNWRAPPED, type Wrap } from '../context/wrap.ts'

/** The file of a pattern whose tests run themselves again, in a process in which calls fail. */
export const FAULTS_TESTS = 'tests/faults.rs'
/** Names the library to those tests, which preload it. */
export const FAULTS_LIBRARY = 'FAULTS_LIBRARY'

const SOURCE = join(import.meta.dirname, '../../faults/faults.c')
const LIMIT_MS = 60_000
const WATCHED = 'a library that makes calls fail and one that watches memory both want to be loaded first'

/** How those tests are started where others are started with `wrap`; or why they cannot run. */
export async function withFaults(
  toolchain: Toolchain,
  root: string,
  wrap: Wrap,
): Promise<Wrap | { skipped: string }> {
  if (wrap !== UNWRAPPED) return { skipped: WATCHED }
  const library = await faultsLibrary(toolchain, root)
  return typeof library === 'string' ? { ...wrap, env: { ...wrap.env, [FAULTS_LIBRARY]: library } } : library
}

/** What builds already, in this process. */
const building = new Map<string, Promise<string | { skipped: string }>>()

/** The library that makes calls fail, built once by each toolchain; or why it could not be built. */
async function faultsLibrary(toolchain: Toolchain, root: string): Promise<string | { skipped: string }> {
  const version = createHash('sha256')
    .update(await readFile(SOURCE))
    .digest('hex')
    .slice(0, 16)
  const library = join(buildFolder(root, toolchain), `faults-${version}.so`)
  if (!building.has(library)) building.set(library, build(toolchain, library))
  return building.get(library)!
}

async function build(toolchain: Toolchain, library: string): Promise<string | { skipped: string }> {
  if (await stat(library).catch(() => null)) return library
  // Other processes verify other patterns: each builds in a folder of its own. A container sees the checkout alone.
  await mkdir(dirname(library), { recursive: true })
  const folder = await mkdtemp(`${library}-`)
  await copyFile(SOURCE, join(folder, 'faults.c'))
  // It calls what only glibc has: another libc is to be refused here, and not when the library is loaded.
  const flags = ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-Wl,-z,defs']
  const { program } = toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!
  const command: Command = {
    program,
    args: ['-x', 'c', ...flags, '-o', 'faults.so', 'faults.c', '-ldl'],
    cwd: folder,
    timeoutMs: LIMIT_MS,
  }
  const outcome = await toolchain.run(command)
  const isBuilt = succeeded(outcome, command)
  if (isBuilt) await rename(join(folder, 'faults.so'), library)
  await rm(folder, { recursive: true })
  if (isBuilt) return library
  const said = lastLines(outcome.stderr).find((line) => /error|undefined/.test(line))
  const why = said ?? describeExit(exitStatusOf(outcome))
  return { skipped: `${program} does not build tools/harness/faults/faults.c: ${why}` }
}
