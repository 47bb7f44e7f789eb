import { createHash } from 'node:crypto'
import { chmod, mkdir, rename } from 'node:fs/promises'
import { basename, delimiter, join } from 'node:path'
import type { Toolchain } from '../probe/toolchain.ts'
import { type Command, succeeded } from '../process/command.ts'
import { which } from '../process/which.ts'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { buildFolder } from './folders.ts'
import { lendSeed } from './lend-seed.ts'

/**
 * A program that aborts or is killed has said what ran as well: the counters lie in the file itself, and every
 * process of a program counts in the same one.
 */
const RUST = ['-Cinstrument-coverage', '-Cllvm-args=-runtime-counter-relocation', '-Clink-arg=--coverage']
/** Counting takes its time, and where much is printed or awaited the time limits are of programs that do not count. */
const SLOWDOWN = 4
const PROFILES = '%m%c.profraw'
const LIMIT_MS = 60_000
/**
 * Threads count at once. Without any optimization, g++ 12 breaks off where a coroutine is to be counted; with inlining it
 * loses what a destructor did, and with less debug information than `-g` it loses lines.
 */
const CXX = ['--coverage', '-fprofile-update=atomic', '-Og', '-fno-inline', '-g']

/**
 * The host's compilers, which here instrument the pattern and nothing else: cargo asks for a wrapper of its own
 * workspace's rustc, and only the pattern's C++ is still to be compiled, as third-party crates are those of the plain
 * build. Flags in the environment would have all of them built again. `folder` takes the profiles of Rust; those of
 * C++ lie beside its objects.
 */
export async function covered(root: string, toolchain: Toolchain, folder: string): Promise<Toolchain> {
  const id = createHash('sha256').update(`${toolchain.id} covered`).digest('hex').slice(0, 16)
  const covering = { ...toolchain, id, seeds: id }
  const { program } = toolchain.tools.find(({ name }) => name === 'g++')!
  const path = process.env.PATH ?? ''
  const shims = join(buildFolder(root, covering), 'compilers')
  const rustc = join(shims, 'rustc-covered')
  const dump = await compileDump(toolchain, program, shims)
  // The library that a pattern takes along is a crate of the workspace, and no part of what is shown.
  const library = 'case " $* " in *" crates/"*) exec "$@";; esac'
  await wrap(rustc, `${library}\nexec "$@" ${RUST.join(' ')} '-Clink-arg=${dump}'`)
  const compiler = `exec '${which(program, path, root)}' "$@"`
  const counting = `${compiler} ${CXX.join(' ')}`
  // What is only looked at is not counted, and would leave its notes in the pattern's own folder.
  const looks = `*" -E "*|*" -fsyntax-only "*) ${compiler};;`
  const cases = `case " $* " in ${looks} *" -c "*) ${counting};; esac`
  await wrap(join(shims, basename(program)), `${cases}\n${counting} '${dump}'`)
  await lendSeed(root, toolchain, covering)
  const env = {
    CXX: basename(program),
    PATH: `${shims}${delimiter}${path}`,
    RUSTC_WORKSPACE_WRAPPER: rustc,
    LLVM_PROFILE_FILE: join(folder, PROFILES),
  }
  const run: Toolchain['run'] = (command) =>
    toolchain.run({ ...command, env: { ...env, ...command.env }, timeoutMs: SLOWDOWN * command.timeoutMs })
  return { ...covering, run }
}

/** Rejects where the compiler refuses it. */
async function compileDump(toolchain: Toolchain, program: string, folder: string): Promise<string> {
  const object = join(folder, 'dump.o')
  await mkdir(folder, { recursive: true })
  const source = join(import.meta.dirname, 'dump.cc')
  // Another run may be linking with it.
  const draft = join(folder, `dump.${process.pid}.draft`)
  const args = ['-O1', '-c', source, '-o', draft]
  const command: Command = { program, args, cwd: folder, timeoutMs: LIMIT_MS }
  const outcome = await toolchain.run(command)
  if (!succeeded(outcome, command)) throw new Error(`${source} does not compile: ${outcome.stderr}`)
  await rename(draft, object)
  return object
}

async function wrap(path: string, line: string): Promise<void> {
  await writeFileAtomic(path, `#!/bin/sh\n${line}\n`)
  await chmod(path, 0o755)
}
