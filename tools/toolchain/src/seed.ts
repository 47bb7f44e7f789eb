import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, ended, type Outcome } from './command.ts'
import type { Flavor } from './flavor.ts'
import { seedFolder, targetFolder } from './folders.ts'
import { place } from './place.ts'
import { STUBS, writeStubs } from './stubs.ts'
import type { Toolchain } from './toolchain.ts'

const FETCH_LIMIT_MS = 10 * 60_000
/** Of one command, and of its wait for another pattern's crates to be built. */
const SEED_LIMIT_MS = 30 * 60_000
/** What cargo keeps of a compiled crate. Never `.cargo-lock`: hard-linked, its inode would be the same lock. */
const PARTS = ['deps', '.fingerprint', 'build']

/**
 * Builds the third-party crates of a pattern once for all patterns, and gives the pattern's own target folder
 * hard links to them; cargo itself decides what is fresh. Returns how the command that failed ended, or `null`.
 */
export async function seedTarget(
  root: string,
  toolchain: Toolchain,
  slug: string,
  flavor: Flavor,
): Promise<Outcome | null> {
  const folder = seedFolder(root, toolchain)
  const target = targetFolder(root, toolchain, slug, flavor)
  await mkdir(target, { recursive: true })
  const stubs = await writeStubs(root, join(folder, 'stubs'))

  const stamp = join(target, `seeded-${flavor.name}`)
  const wanted = createHash('sha256').update(stubs.text).update(JSON.stringify(flavor)).digest('hex')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return null

  // Only fetching has the network; what is built runs build scripts and procedural macros of strangers.
  const fetch: Command = {
    program: 'cargo',
    args: ['fetch', '--locked', ...flavor.fetchArgs],
    env: flavor.env,
    cwd: stubs.folder,
    timeoutMs: FETCH_LIMIT_MS,
    network: true,
  }
  const fetched = await toolchain.run(fetch)
  if (!ended(fetched, fetch)) return fetched
  const seed = join(folder, 'seed')
  const args = ['build', '--locked', '--all-targets', '--target-dir', seed, ...flavor.args]
  const build: Command = {
    program: 'cargo',
    args,
    cwd: join(stubs.folder, STUBS, slug),
    env: flavor.env,
    timeoutMs: SEED_LIMIT_MS,
  }
  const built = await toolchain.run(exclusive(folder, build))
  if (!ended(built, build)) return built
  for (const profile of await profiles(seed, flavor.profile)) {
    const copied = await copy(toolchain, folder, join(seed, profile), join(target, profile))
    if (copied !== null) return copied
  }
  await place(stamp, wanted)
  return null
}

/**
 * Gives `to` the third-party crates that were built for `from`, whose compilers do with these what its own do; the
 * first time only, and what is not there is built. Returns how the copy ended when it failed, else `null`.
 */
export async function lendSeed(
  root: string,
  from: Toolchain,
  to: Pick<Toolchain, 'seeds'>,
): Promise<Outcome | null> {
  const lent = join(seedFolder(root, from), 'seed')
  const taken = join(seedFolder(root, to), 'seed')
  const isThere = (folder: string) => stat(folder).catch(() => null)
  if ((await isThere(taken)) !== null || (await isThere(lent)) === null) return null
  for (const profile of await profiles(lent, 'debug')) {
    const copied = await copy(from, seedFolder(root, from), join(lent, profile), join(taken, profile))
    if (copied !== null) return copied
  }
  return null
}

/** Links one profile's compiled crates. Returns how that ended when it failed, else `null`. */
async function copy(toolchain: Toolchain, folder: string, from: string, to: string): Promise<Outcome | null> {
  await mkdir(to, { recursive: true })
  const parts = PARTS.map((part) => join(from, part))
  const command: Command = {
    program: 'cp',
    args: ['-al', '--force', ...parts, to],
    cwd: folder,
    timeoutMs: SEED_LIMIT_MS,
  }
  const copied = await toolchain.run(exclusive(folder, command))
  return ended(copied, command) ? null : copied
}

/** `debug`, and with `--target` also `<triple>/debug`; or the same of `release`. */
async function profiles(seed: string, profile: Flavor['profile']): Promise<string[]> {
  const folders = (await readdir(seed, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'tmp',
  )
  return folders.map(({ name }) => (name === profile ? name : join(name, profile)))
}

/** flock(2) is released by the kernel when its holder dies, so a killed run leaves no lock behind. */
function exclusive(folder: string, command: Command): Command {
  return { ...command, program: 'flock', args: [join(folder, 'seed.lock'), command.program, ...command.args] }
}
