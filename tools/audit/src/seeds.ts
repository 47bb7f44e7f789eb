import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { place, type Toolchain } from '@cookbook/toolchain'
import type { BuiltCrates } from './crates.ts'
import type { Locked } from './lock.ts'
import type { Room } from './room.ts'

/** Crates that are built. Their room is sealed then: no command is given it to write any more. */
export type Seed = {
  /** The compilers, the sandbox and what it allows. */
  toolchain: string
  crates: BuiltCrates
  packages: readonly Locked[]
}

const fileOf = (folder: string, hash: string) => join(folder, 'seeds', `${hash}.json`)

/** What the audit itself wrote of them, where no command sees it. */
export function recallSeed(folder: string, hash: string): Seed | null {
  const path = fileOf(folder, hash)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

export const keepSeed = (folder: string, hash: string, seed: Seed): Promise<void> =>
  place(fileOf(folder, hash), JSON.stringify(seed))

/**
 * The seed that crates may be built upon, so that what it holds is not built again. All that could write it is built
 * here as well, or is a crate of this project's own lock, which is run with all rights already.
 */
export function baseFor(
  folder: string,
  toolchain: string,
  packages: readonly Locked[],
  own: readonly Locked[],
): Seed | null {
  const known = new Set([...packages, ...own].map(keyOf))
  const here = new Set(packages.map(keyOf))
  const shared = (seed: Seed) => seed.packages.filter((crate) => here.has(keyOf(crate))).length
  const seeds = readdirSync(join(folder, 'seeds'))
    .flatMap((name) => (name.endsWith('.json') ? [recallSeed(folder, name.slice(0, -'.json'.length))!] : []))
    .filter((seed) => seed.toolchain === toolchain)
    .filter((seed) => seed.packages.every((crate) => known.has(keyOf(crate))) && shared(seed) > 0)
  return seeds.toSorted((a, b) => shared(b) - shared(a))[0] ?? null
}

const keyOf = ({ name, version, source, checksum }: Locked): string =>
  JSON.stringify([name, version, source, checksum])

/** The kernel follows 40 links. */
const LAYERS = 16
const SCRIPT = 'how=$1 target=$2; shift 2; mkdir -p "$target/debug" && cp "$how" "$@" "$target/debug"'

/** Begins a target folder with names for what the seed holds; after many layers with copies. */
export async function layOn(
  toolchain: Toolchain,
  { work }: Room,
  { crates: { seed, lent } }: Seed,
  target: string,
): Promise<void> {
  const parts = ['deps', '.fingerprint', 'build'].map((part) => `${seed}/debug/${part}`)
  const how = lent.length < LAYERS ? '-as' : '-aL'
  const args = ['-c', SCRIPT, 'sh', how, target, ...parts]
  await toolchain.run({ program: 'sh', args, cwd: work, timeoutMs: 60_000 })
}
