import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Toolchain } from '../probe/toolchain.ts'
import { type Command, type Outcome, succeeded } from '../process/command.ts'
import { exists } from '../process/exists.ts'
import { type BuildProfile, PLAIN } from './build-profile.ts'
import { seedFolder } from './folders.ts'

/** Of one command, and of its wait for another pattern's crates to be built. */
export const SEED_LIMIT_MS = 30 * 60_000
/** What cargo keeps of a compiled crate. Never `.cargo-lock`: hard-linked, its inode would be the same lock. */
const PARTS = ['deps', '.fingerprint', 'build']

/**
 * Gives `to` the third-party crates that were built for `from`, whose compilers do with these what its own do; the
 * first time only, and what is not there is built. Returns how the copy ended when it failed, else `null`.
 */
export async function lendSeed(
  root: string,
  from: Toolchain,
  to: Pick<Toolchain, 'seeds'>,
): Promise<Outcome | null> {
  const lent = join(seedFolder(root, from), PLAIN.seed)
  const taken = join(seedFolder(root, to), PLAIN.seed)
  if ((await exists(taken)) || !(await exists(lent))) return null
  for (const profile of await profiles(lent, 'debug')) {
    const copied = await linkSeed(from, seedFolder(root, from), join(lent, profile), join(taken, profile))
    if (copied !== null) return copied
  }
  return null
}

/** Links one profile's compiled crates. Returns how that ended when it failed, else `null`. */
export function linkSeed(toolchain: Toolchain, folder: string, from: string, to: string) {
  return copy(toolchain, folder, ['-al', '--force'], from, to)
}

/**
 * Gives a seed what another one has that it has not, or has of an earlier time; cargo builds again what is to differ.
 * Copies, not links: cargo writes some of its files in place, and would change them on both sides. Returns how that
 * ended when it failed, else `null`.
 */
export async function followSeed(
  toolchain: Toolchain,
  folder: string,
  from: string,
  to: string,
): Promise<Outcome | null> {
  const profile = 'debug'
  if (!(await exists(join(from, profile)))) return null
  return copy(
    toolchain,
    folder,
    ['-a', '--update', '--remove-destination'],
    join(from, profile),
    join(to, profile),
  )
}

/** `debug`, and with `--target` also `<triple>/debug`; or the same of `release`. */
export async function profiles(seed: string, profile: BuildProfile['profile']): Promise<string[]> {
  const folders = (await readdir(seed, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'tmp',
  )
  return folders.map(({ name }) => (name === profile ? name : join(name, profile)))
}

/** flock(2) is released by the kernel when its holder dies, so a killed run leaves no lock behind. */
export function exclusive(folder: string, command: Command): Command {
  return { ...command, program: 'flock', args: [join(folder, 'seed.lock'), command.program, ...command.args] }
}

async function copy(
  toolchain: Toolchain,
  folder: string,
  how: readonly string[],
  from: string,
  to: string,
): Promise<Outcome | null> {
  await mkdir(to, { recursive: true })
  const parts = PARTS.map((part) => join(from, part))
  const command: Command = {
    program: 'cp',
    args: [...how, ...parts, to],
    cwd: folder,
    timeoutMs: SEED_LIMIT_MS,
  }
  const copied = await toolchain.run(exclusive(folder, command))
  return succeeded(copied, command) ? null : copied
}
