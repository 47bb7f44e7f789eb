import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, type Outcome, succeeded, type Toolchain } from '@cookbook/toolchain'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Manifest, understand } from '../project/cargo-manifest.ts'
import { cratesOf, lockProblem } from '../project/lock.ts'
import { dependenciesOf, KINDS, tableOf } from '../project/manifest-shape.ts'
import { render, unclear } from '../project/manifest-text.ts'
import { type Line, textOf } from '../project/project.ts'
import { type BuiltCrates, cratesIn } from './crates-built.ts'
import { closeRoom, openRoom, printed, type Room, toolchainIn, writeInput } from './room.ts'
import { basesFor, keepSeed, layOn, recallSeed, type Seed } from './seeds.ts'

/** The third-party crates of a manifest, compiled once for all packages that name the same. */
export type Crates =
  | BuiltCrates
  | { kind: 'refused'; outcome: Outcome }
  | { kind: 'unclear'; problems: readonly ProjectDiagnostic[] }

export type Workshop = {
  /** Whether the guide is kept from this machine and its sections from each other; one that is trusted is not. */
  isolated: boolean
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

const LIMIT_MS = 20 * 60_000
const MESSAGE_BYTES = 64 * 1024 * 1024
/** Of any edition, as a manifest may say none. */
const TOOL = `extern crate cxx_build;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if !files.is_empty() {
        let _ = cxx_build::bridges(files);
    }
}
`

const building = new Map<string, Promise<Crates>>()
let last: Promise<unknown> = Promise.resolve()

/** Builds the crates that a manifest asks for; one manifest after another, so that each finds what is built already. */
export async function cratesFor(
  workshop: Workshop,
  manifest: readonly Line[],
  tests: boolean,
): Promise<Crates> {
  const read = understand(textOf(manifest), workshop.isolated)
  if (read.kind === 'unclear') return { kind: 'unclear', problems: unclear(read, manifest) }
  const stub = stubOf(read.manifest, tests)
  const text = render(stub)
  const all = JSON.stringify([text, workshop.lock, workshop.toolchain.id])
  const hash = createHash('sha256').update(all).digest('hex').slice(0, 32)
  const key = `${workshop.folder}/${hash}`
  const known = building.get(key)
  if (known !== undefined) return known
  const work = last.then(() => build(workshop, stub, hash))
  last = work.catch(() => null)
  building.set(key, work)
  // One that was not built may be the next time: it was ended, or there was no network.
  const forget = () => building.delete(key)
  work.then((crates) => crates.kind !== 'built' && forget(), forget)
  return work
}

async function build(workshop: Workshop, stub: Manifest, hash: string): Promise<Crates> {
  const { folder } = workshop
  const before = recallSeed(folder, hash)
  if (before !== null) return before.crates
  const room = await openRoom(folder, 'seeds')
  let sealed = false
  try {
    const crates = await buildIn(room, workshop, stub, hash)
    sealed = crates.kind === 'built'
    return crates
  } finally {
    if (!sealed) await closeRoom(room)
  }
}

async function buildIn(room: Room, workshop: Workshop, stub: Manifest, hash: string): Promise<Crates> {
  const { folder, lock } = workshop
  const { toolchain, changed, lend } = toolchainIn(room, workshop.toolchain)
  const bridged = 'cxx-build' in tableOf(stub['build-dependencies'])
  const files = new Map([
    ['Cargo.toml', render({ ...stub, package: { ...tableOf(stub.package), name: `stub-${hash}` } })],
    ['src/lib.rs', ''],
    ['build.rs', bridged ? TOOL : 'fn main() {}\n'],
  ])
  const pullIn = async (text: string) => {
    await writeInput(room, new Map([...files, ['Cargo.lock', text]]))
    changed()
  }
  await pullIn(lock)
  const resolved = await resolve(room, toolchain, workshop.toolchain)
  if (typeof resolved !== 'string') return { kind: 'refused', outcome: resolved }
  await pullIn(resolved)
  const packages = cratesOf(resolved)
  const { id } = workshop.toolchain
  const bases = basesFor(folder, id, packages, cratesOf(lock))
  const from = async (bases: readonly Seed[], target: string): Promise<Crates> => {
    const below = [...new Set(bases.flatMap(({ crates }) => crates.lent))]
    lend(below)
    if (bases.length > 0) await layOn(toolchain, room, bases, target)
    const args = ['build', '--offline', '--locked', '--message-format=json', '--target-dir', target]
    const command = cargo(room.dir, 'dev-dependencies' in stub ? [...args, '--all-targets'] : args)
    const built = await toolchain.run(command)
    if (!succeeded(built, command)) return { kind: 'refused', outcome: built }
    const lent = [room.work, ...below]
    const layers = 1 + Math.max(0, ...bases.map((base) => base.layers))
    const crates = { ...cratesIn(built.stdout, room.dir, bridged), seed: target, lent, lock: resolved }
    await keepSeed(folder, hash, { toolchain: id, crates, packages, layers })
    return crates
  }
  const found = await from(bases, join(room.work, 'target'))
  // Two seeds may each have built a crate that the other one's crates do not fit (E0460).
  return found.kind === 'refused' && bases.length > 0 ? from([], join(room.work, 'alone')) : found
}

/** The lock of the crates that are meant, all of them fetched; or how cargo ended. No code of a crate runs. */
async function resolve(room: Room, inside: Toolchain, outside: Toolchain): Promise<string | Outcome> {
  // Most crates are there already, and then nothing needs the network.
  const offline = cargo(room.dir, ['fetch', '--offline'])
  if (succeeded(await inside.run(offline), offline)) {
    const print = { ...offline, program: 'cat', args: ['Cargo.lock'] }
    const lock = printed(await inside.run(print), 'cannot be read')
    const problem = lockProblem(lock)
    if (problem === null) return lock
  }
  const fetch = { ...cargo(room.input, ['fetch']), network: true }
  const fetched = await outside.run(fetch)
  return succeeded(fetched, fetch) ? readFile(join(room.input, 'Cargo.lock'), 'utf8') : fetched
}

const cargo = (cwd: string, args: readonly string[]): Command => ({
  ...{ program: 'cargo', args, cwd, env: CARGO_ENV },
  ...{ timeoutMs: LIMIT_MS, keepBytes: MESSAGE_BYTES },
})

/** A package that depends on the same and holds nothing. */
function stubOf(manifest: Manifest, tests: boolean): Manifest {
  const { edition } = tableOf(manifest.package)
  return {
    package: { name: 'stub', version: '0.0.0', ...(edition === undefined ? {} : { edition }) },
    ...dependenciesOf(manifest, tests ? KINDS : ['dependencies', 'build-dependencies']),
  }
}
