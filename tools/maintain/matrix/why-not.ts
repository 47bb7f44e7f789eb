import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { floorOf } from '@cookbook/toolchain'
import { $, which } from 'zx/core'
import { type Cell, environmentOf } from './cells.ts'

/** Why nothing can be verified in a cell on this machine; or what it has for it in words, and the id of its crates. */
export type Reach = { kind: 'open'; tools: string; seeds: string } | { kind: 'cannot'; why: string }

// A bash whose standard input is a socket may take it for a remote login, and runs the caller's ~/.bashrc.
const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe']
const quietly = { nothrow: true, quiet: true, verbose: false, stdio } as const
const options = new Map<string, Promise<Reach>>()

/** Asks the machine, once for all cells that differ in their standard alone. */
export function reach(root: string, cell: Cell): Promise<Reach> {
  const { place, cxx, rust, profile, memoryTool } = cell
  const key = [place, cxx, rust, profile, memoryTool].join()
  const before = options.get(key) ?? ask(root, cell)
  options.set(key, before)
  return before
}

async function ask(root: string, cell: Cell): Promise<Reach> {
  const lacking = (await withoutCompiler(cell)) ?? (cell.rust === 'floor' ? await withoutFloor(cell) : null)
  if (lacking !== null) return { kind: 'cannot', why: lacking }
  const env = { ...process.env, ...environmentOf(cell) }
  const probe = await $({ ...quietly, cwd: root, env })`node tools/maintain/matrix/probe.ts`
  return probe.exitCode === 0
    ? { kind: 'open', ...JSON.parse(probe.stdout) }
    : { kind: 'cannot', why: probe.stderr.trim() }
}

/** The toolchain would add what it could not ask a compiler that is not there. The image has them all. */
async function withoutCompiler({ place, cxx }: Cell): Promise<string | null> {
  if (place === 'docker' || (await which(cxx, { nothrow: true })) !== null) return null
  return `${cxx} is not installed`
}

/** Asking rustc itself would make rustup download it. */
async function withoutFloor({ place }: Cell): Promise<string | null> {
  const floor = floorOf('rustc')!
  if (place === 'docker')
    return `the image has one Rust, and Debian has no ${floor}; clippy holds to the floor`
  const { stdout } = await $(quietly)`rustup toolchain list`
  return stdout.split('\n').some((line) => line.startsWith(`${floor}-`))
    ? null
    : `rustup has no ${floor}: rustup toolchain install ${floor}; clippy holds to the floor`
}

/** Why a chapter cannot be verified in a cell, although others can; `null` when it can. */
export async function chapterLacks(
  root: string,
  slug: string,
  { std, memoryTool }: Cell,
): Promise<string | null> {
  const script = await readFile(join(root, 'patterns', slug, 'build.rs'), 'utf8')
  const stated = /\.std\("(c\+\+\d+)"\)|-std=(c\+\+\d+)"/
    .exec(script)
    ?.slice(1)
    .find((std) => std)
  if (stated === undefined)
    throw new Error(`patterns/${slug}/build.rs states no standard, expected .std("c++20")`)
  const [, library] = /\.probe\("([\w-]+)"\)/.exec(script) ?? []
  if (memoryTool === 'threads' && library !== undefined)
    return `the system's ${library} is not instrumented, so what it synchronizes would be taken for a race`
  return std < stated ? `its build.rs states ${stated}` : null
}
