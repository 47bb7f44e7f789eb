import { createHash } from 'node:crypto'
import type { Command, Outcome } from '../process/command.ts'
import { which } from '../process/which.ts'
import type { Cell } from './cell.ts'
import type { FloorName } from './floors.ts'
import type { Need } from './needs.ts'
import type { Tool, Toolchain } from './toolchain.ts'

type Run = (command: Command) => Promise<Outcome>

const CXX_FAMILIES: readonly FloorName[] = ['g++', 'clang++']

/** Asks every tool that each verification uses what it is. `cxx` is the C++ compiler of builds, as it is called. */
export async function probe(run: Run, cwd: string, cxx: string): Promise<Tool[]> {
  return Promise.all([
    ask(run, cwd, 'rustc', 'rustc', '-vV'),
    ask(run, cwd, 'cargo', 'cargo', '-V'),
    askCxx(run, cwd, cxx),
    ask(run, cwd, 'cc', 'cc', '--version'),
    ask(run, cwd, 'valgrind', 'valgrind', '--version'),
  ])
}

const ASK_NEED: Record<Need, (run: Run, cwd: string, cxx: string) => Promise<Tool>> = {
  make: (run, cwd) => ask(run, cwd, 'make', 'make', '--version'),
  cmake: (run, cwd) => ask(run, cwd, 'cmake', 'cmake', '--version'),
  boost: askBoost,
  kj: (run, cwd) => library(ask(run, cwd, 'kj', 'pkg-config', '--modversion', 'kj-async')),
  libcurl: (run, cwd) => library(ask(run, cwd, 'libcurl', 'pkg-config', '--modversion', 'libcurl')),
}

/** Asks which version of a need there is, as `run`'s environment finds it. */
export function askNeed(run: Run, cwd: string, cxx: string, need: Need): Promise<Tool> {
  return ASK_NEED[need](run, cwd, cxx)
}

/** The C++ compiler of builds: the chosen one, else the first of g++ and clang++ that `path` finds, else `g++`. */
export function findCxx(path: string, cwd: string, chosen: string | undefined): string {
  if (chosen !== undefined && chosen !== '') return chosen
  return CXX_FAMILIES.find((program) => which(program, path, cwd) !== null) ?? 'g++'
}

/** The toolchain's id: a hash of its kind, of what its tools say they are, and of the matrix's cell, if any. */
export function identify(
  kind: Toolchain['kind'],
  tools: readonly Tool[],
  cell: Partial<Cell> | null = null,
): string {
  const said = tools.map(({ name, program, output }) => [name, program, output])
  return createHash('sha256')
    .update(JSON.stringify([kind, said, ...(cell === null ? [] : [cell])]))
    .digest('hex')
    .slice(0, 16)
}

/**
 * The id of the toolchains that share compiled third-party crates: of a cell's, those with the same Rust that build and
 * watch alike. cargo knows when another C++ compiler or standard is asked for, and cells run one after another.
 */
export function identifySeeds(kind: Toolchain['kind'], tools: readonly Tool[], cell: Cell | null): string {
  if (cell === null) return identify(kind, tools)
  const { profile, memoryTool } = cell
  const rust = tools.filter(({ name }) => name === 'rustc')
  return identify(kind, rust, { profile, memoryTool })
}

async function askCxx(run: Run, cwd: string, program: string): Promise<Tool> {
  const tool = await ask(run, cwd, 'g++', program, '--version')
  return /clang version/.test(tool.output) ? { ...tool, name: 'clang++' } : tool
}

/** The headers alone tell, as the compiler finds them: Boost knows no pkg-config. */
function askBoost(run: Run, cwd: string, cxx: string): Promise<Tool> {
  const script = 'echo BOOST_LIB_VERSION | "$0" -E -P -include boost/version.hpp -x c++ -'
  return library(ask(run, cwd, 'boost', 'sh', '-c', script, cxx))
}

/** A library goes by its own name, not by that of the program that was asked about it. */
async function library(answer: Promise<Tool>): Promise<Tool> {
  const tool = await answer
  return { ...tool, program: tool.name }
}

/** Asks one program for its version, with the arguments that make it tell. */
export async function ask(
  run: Run,
  cwd: string,
  name: FloorName,
  program: string,
  ...args: string[]
): Promise<Tool> {
  const outcome = await run({ program, args, cwd, timeoutMs: 20_000 })
  const said = outcome.kind === 'exited' && outcome.code === 0
  const output = said ? outcome.stdout.trim() : ''
  // A distribution's own revision stands in brackets before the version: `g++ (Debian 12.2.0-14) 12.2.0`.
  // Boost separates its numbers by underscores.
  const version = /\d+[._]\d+(?:[._]\d+)?/.exec(output.split('\n')[0]!.replace(/\([^)]*\)/g, ''))?.[0] ?? null
  return { name, program, version: version?.replaceAll('_', '.') ?? null, output }
}
