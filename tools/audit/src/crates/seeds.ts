import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Toolchain, writeFileAtomic } from '@cookbook/toolchain'
import type { Locked } from '../project/lock.ts'
import type { BuiltCrates } from './crates-built.ts'
import { printed, type Room } from './room.ts'

/** Crates that are built. Their room is sealed then: no command is given it to write any more. */
export type Seed = {
  /** The compilers, the sandbox and what it allows. */
  toolchain: string
  crates: BuiltCrates
  packages: readonly Locked[]
  /** So many links lead one after another from a name in it to a file. */
  layers: number
}

const fileOf = (folder: string, hash: string) => join(folder, 'seeds', `${hash}.json`)

/** What the audit itself wrote of them, where no command sees it. */
export function recallSeed(folder: string, hash: string): Seed | null {
  const path = fileOf(folder, hash)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

export const keepSeed = (folder: string, hash: string, seed: Seed): Promise<void> =>
  writeFileAtomic(fileOf(folder, hash), JSON.stringify(seed))

/**
 * The seeds that crates may be built upon, so that what these hold is not built again. All that could write one is
 * built here as well, or is a crate of this project's own lock, which is run with all rights already.
 */
export function basesFor(
  folder: string,
  toolchain: string,
  packages: readonly Locked[],
  own: readonly Locked[],
): Seed[] {
  const known = new Set([...packages, ...own].map(keyOf))
  const here = new Set(packages.map(keyOf))
  const shared = (seed: Seed) => seed.packages.filter((crate) => here.has(keyOf(crate))).length
  return readdirSync(join(folder, 'seeds'))
    .flatMap((name) => (name.endsWith('.json') ? [recallSeed(folder, name.slice(0, -'.json'.length))!] : []))
    .filter((seed) => seed.toolchain === toolchain && seed.layers < LAYERS)
    .filter((seed) => seed.packages.every((crate) => known.has(keyOf(crate))) && shared(seed) > 0)
    .toSorted((a, b) => shared(b) - shared(a))
    .slice(0, BASES)
}

const keyOf = ({ name, version, source, checksum }: Locked): string =>
  JSON.stringify([name, version, source, checksum])

/** The kernel follows 40 links. */
const LAYERS = 32
const BASES = 8
const SCRIPT = `
target=$1; shift
mkdir -p "$target/debug"
for seed; do
  for part in deps .fingerprint build; do cp -as --force "$seed/debug/$part" "$target/debug" || exit; done
done`

/** Begins a target folder with names for what the seeds hold. */
export async function layOn(
  toolchain: Toolchain,
  { work }: Room,
  bases: readonly Seed[],
  target: string,
): Promise<void> {
  const args = ['-c', SCRIPT, 'sh', target, ...bases.map(({ crates }) => crates.seed)]
  const command = { program: 'sh', args, cwd: work, timeoutMs: 60_000 }
  printed(await toolchain.run(command), 'cannot be filled with crates that are built')
}
