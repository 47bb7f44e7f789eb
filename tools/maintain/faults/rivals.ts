import { globSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Block } from '@cookbook/audit'
import type { Command, Toolchain } from '@cookbook/toolchain'
import type { Found } from './finding.ts'

/** What people use today: each takes a page's blocks one by one, and knows of no file, no project and no C++ or no Rust. */
export const RIVALS = ['rustdoc --test', 'a shell loop'] as const
export type Rival = (typeof RIVALS)[number]

export type Bench = { toolchain: Toolchain; folder: string; libraries: readonly string[]; include: string }

const LIMIT_MS = 120_000

/** Gives them more than a reader has: the crates, where rustc finds them, and cxx's own header. */
export async function openBench(toolchain: Toolchain, folder: string, seed: string): Promise<Bench> {
  const deps = join(seed, 'debug/deps')
  const libraries = ['cxx', 'cxx_build', 'futures', 'tokio'].flatMap((name) => {
    const [file] = globSync(`lib${name}-*.rlib`, { cwd: deps }).sort()
    return file === undefined ? [] : ['--extern', `${name}=${join(deps, file)}`]
  })
  const include = join(folder, 'include')
  await mkdir(join(include, 'rust'), { recursive: true })
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo')
  const header = globSync('registry/src/*/cxx-1.*/include/cxx.h', { cwd: home }).sort().at(-1)
  if (header !== undefined) await copyFile(join(home, header), join(include, 'rust/cxx.h'))
  return { toolchain, folder, libraries: ['-L', `dependency=${deps}`, ...libraries], include }
}

const known = new Map<string, Promise<Found[]>>()

/** What a rival says of one block. What it has said of the same block before, it says again. */
export function judgeByRival(rival: Rival, bench: Bench, block: Block): Promise<Found[]> {
  const text = block.lines.map(({ text }) => text).join('\n')
  const key = JSON.stringify([rival, block.file, block.line, block.lang, text])
  const before = known.get(key)
  if (before !== undefined) return before
  const found = rival === 'rustdoc --test' ? rustdoc(bench, block, text) : loop(bench, block, text)
  known.set(key, found)
  return found
}

const RUST = ['rust', 'rs', '']
const CXX = ['cpp', 'c++', 'cc', 'h']

/** The page with that block alone, at its line: rustdoc tries each block by itself. */
async function rustdoc(
  { toolchain, folder, libraries }: Bench,
  block: Block,
  text: string,
): Promise<Found[]> {
  if (!RUST.includes(block.lang)) return []
  const page = join(folder, 'page.md')
  await writeFile(page, `${'\n'.repeat(block.line - 1)}\`\`\`rust\n${text}\n\`\`\`\n`)
  const command: Command = {
    program: 'rustdoc',
    args: ['--test', page, '--edition', '2024', ...libraries],
    cwd: folder,
    timeoutMs: LIMIT_MS,
  }
  const { stdout, stderr } = await toolchain.run(command)
  const panics = [...(stdout + stderr).matchAll(/^thread .* panicked at [^\n]*?(\d+):\d+:\n(.*)$/gm)].map(
    ([, , message]) => ({ file: block.file, line: block.line, code: 'panic', message: message! }),
  )
  return [...errors(stdout + stderr, block.file, 'page.md', 0), ...panics]
}

/** `for each fence: compile it`, with the compiler of its language. */
async function loop(
  { toolchain, folder, libraries, include }: Bench,
  block: Block,
  text: string,
): Promise<Found[]> {
  const rust = RUST.includes(block.lang) && block.lang !== ''
  if (!rust && !CXX.includes(block.lang)) return []
  const name = rust ? 'block.rs' : 'block.cc'
  await writeFile(join(folder, name), `${text}\n`)
  const emit = ['--emit', 'metadata', '--out-dir', folder, '--crate-name', 'block', '--crate-type', 'lib']
  const args = rust
    ? ['--edition', '2024', ...emit, '--cap-lints', 'allow', ...libraries, name]
    : ['-std=c++20', '-fsyntax-only', '-I', include, '-x', 'c++', name]
  const program = rust ? 'rustc' : toolchain.tools.find((tool) => tool.name === 'g++')!.program
  const { stderr } = await toolchain.run({ program, args, cwd: folder, timeoutMs: LIMIT_MS })
  return errors(stderr, block.file, name, block.line)
}

/** The errors that compilers print, of a file whose lines begin `offset` lines into the page. */
function errors(said: string, file: string, name: string, offset: number): Found[] {
  const lines = said.split('\n')
  return lines.flatMap((text, at) => {
    const gcc = /^([^\s:]+):(\d+):(?:\d+:)? (?:fatal )?error: (.*)$/.exec(text)
    if (gcc !== null)
      return gcc[1]!.endsWith(name)
        ? [{ file, line: Number(gcc[2]) + offset, code: 'C++', message: gcc[3]! }]
        : [{ file, line: 0, code: 'C++', message: gcc[3]! }]
    const rustc = /^error(\[E\d+\])?: (.*)$/.exec(text)
    if (rustc === null || /^(?:aborting|could not compile|doctest failed|test failed)/.test(rustc[2]!))
      return []
    const place = lines.slice(at + 1, at + 4).flatMap((line) => /--> .*?:(\d+):\d+/.exec(line)?.[1] ?? [])[0]
    return [
      { file, line: place === undefined ? 0 : Number(place) + offset, code: 'rustc', message: rustc[2]! },
    ]
  })
}
