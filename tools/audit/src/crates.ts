import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, ended, type Outcome, place, type Toolchain } from '@cookbook/toolchain'
import { type Line, textOf } from './assembled.ts'
import { jsonLine } from './json-line.ts'

/** The third-party crates of a manifest, compiled once for all packages that name the same. */
export type Crates = BuiltCrates | { kind: 'refused'; outcome: Outcome }

export type BuiltCrates = {
  kind: 'built'
  /** The target folder that holds them. */
  seed: string
  externs: readonly Extern[]
  /** The folders of headers that build scripts of these crates have made. */
  includes: readonly string[]
  /** The text of the Cargo.lock that cargo made of the manifest. */
  lock: string
  /** A program that does what cxx-build does of the bridges named to it, as far as generating goes. */
  tool: string | null
}

export type Extern = { name: string; file: string }

export type Workshop = {
  toolchain: Toolchain
  /** Absolute; all that an audit writes is below it. */
  folder: string
  /** The lock of this project, whose versions a guide that asks for no newer ones gets. */
  lock: string
}

/** As a reader's own `cargo build`, without what only a debugger needs. */
export const CARGO_ENV = {
  CARGO_PROFILE_DEV_DEBUG: '0',
  CARGO_INCREMENTAL: '0',
  CXXFLAGS: '-MMD',
  CFLAGS: '-MMD',
}
/** The target folder in which all crates are compiled, of the folder that an audit writes to. */
export const seedIn = (folder: string): string => join(folder, 'seed')

const LIMIT_MS = 20 * 60_000
const MESSAGE_BYTES = 64 * 1024 * 1024
const TOOL = `fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if !files.is_empty() {
        let _ = cxx_build::bridges(files);
    }
}
`

const building = new Map<string, Promise<Crates>>()
let last: Promise<unknown> = Promise.resolve()

/** Builds the crates that a manifest asks for; one manifest after another, as cargo would make them wait anyway. */
export function cratesFor(workshop: Workshop, manifest: readonly Line[], tests: boolean): Promise<Crates> {
  const text = stubManifest(manifest, tests)
  const hash = createHash('sha256').update(text).update(workshop.lock).digest('hex').slice(0, 16)
  const key = `${workshop.folder}/${hash}`
  const known = building.get(key)
  if (known !== undefined) return known
  const work = last.then(() => build(workshop, text, hash))
  last = work
  building.set(key, work)
  return work
}

async function build({ toolchain, folder, lock }: Workshop, manifest: string, hash: string): Promise<Crates> {
  const dir = join(folder, 'stubs', hash)
  const seed = seedIn(folder)
  const stamp = join(dir, 'crates.json')
  const before = await readFile(stamp, 'utf8').catch(() => null)
  if (before !== null) return JSON.parse(before)
  await mkdir(join(dir, 'src'), { recursive: true })
  const bridged = /^cxx-build\b/m.test(manifest)
  await Promise.all([
    place(join(dir, 'Cargo.toml'), manifest.replace('NAME', `stub-${hash}`)),
    place(join(dir, 'Cargo.lock'), lock),
    place(join(dir, 'src/lib.rs'), ''),
    place(join(dir, 'build.rs'), bridged ? TOOL : 'fn main() {}\n'),
  ])
  const cargo = (args: string[], network: boolean): Command => ({
    program: 'cargo',
    args,
    cwd: dir,
    env: CARGO_ENV,
    timeoutMs: LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
    network,
  })
  // Most crates are there already, and then nothing needs the network.
  const offline = cargo(['fetch', '--offline'], false)
  if (!ended(await toolchain.run(offline), offline)) {
    const fetch = cargo(['fetch'], true)
    const fetched = await toolchain.run(fetch)
    if (!ended(fetched, fetch)) return { kind: 'refused', outcome: fetched }
  }
  const args = ['build', '--offline', '--message-format=json', '--target-dir', seed]
  const command = cargo(/^\[dev-dependencies\]/m.test(manifest) ? [...args, '--all-targets'] : args, false)
  const built = await toolchain.run(command)
  if (!ended(built, command)) return { kind: 'refused', outcome: built }
  const artifacts = linesOf(built.stdout, 'compiler-artifact')
  const own = (artifact: { manifest_path: string }) => artifact.manifest_path === join(dir, 'Cargo.toml')
  const externs = artifacts
    .filter(
      (artifact) =>
        !own(artifact) && artifact.target.kind.some((kind: string) => /lib|proc-macro/.test(kind)),
    )
    .map(
      (artifact): Extern => ({
        name: artifact.target.name.replaceAll('-', '_'),
        file: artifact.filenames.find((file: string) => /\.(?:rlib|so)$/.test(file)) ?? artifact.filenames[0],
      }),
    )
  const headers = linesOf(built.stdout, 'build-script-executed').map(({ out_dir }) =>
    join(out_dir, 'include'),
  )
  const includes = [...new Set(headers)].filter((folder) => existsSync(folder))
  const script = artifacts.find((artifact) => own(artifact) && artifact.target.kind.includes('custom-build'))
  const tool: string | null = bridged ? (script?.filenames[0] ?? null) : null
  const resolved = await readFile(join(dir, 'Cargo.lock'), 'utf8')
  const crates: Crates = { kind: 'built', seed, externs, includes, lock: resolved, tool }
  await place(stamp, JSON.stringify(crates))
  return crates
}

/** What cargo tells as JSON of a kind, one a line. */
const linesOf = (stdout: string, reason: string) =>
  stdout
    .split('\n')
    .map(jsonLine)
    .filter((json) => json?.reason === reason)

/** A package that depends on the same and holds nothing. */
function stubManifest(lines: readonly Line[], tests: boolean): string {
  const edition = /^\s*edition\s*=\s*"(\d+)"/m.exec(textOf(lines))?.[1]
  const head = [
    '[package]',
    'name = "NAME"',
    'version = "0.0.0"',
    ...(edition === undefined ? [] : [`edition = "${edition}"`]),
    '',
  ]
  const tables: string[] = []
  let within = false
  for (const { text } of lines) {
    const bare = text.trim()
    if (bare.startsWith('[')) {
      within =
        /^\[(?:build-dependencies|dependencies|target\..*dependencies)/.test(bare) ||
        (tests && bare.startsWith('[dev-dependencies'))
    }
    if (within && bare !== '' && !bare.startsWith('#')) tables.push(bare)
  }
  // A package of its own, wherever its folder lies.
  return [...head, ...tables, '', '[workspace]', ''].join('\n')
}
