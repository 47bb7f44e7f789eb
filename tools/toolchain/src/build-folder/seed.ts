import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Toolchain } from '../probe/toolchain.ts'
import { makeCacheFolder } from '../process/cache-folder.ts'
import { type Command, type Outcome, succeeded } from '../process/command.ts'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { type BuildProfile, PLAIN } from './build-profile.ts'
import { seedFolder, targetFolder } from './folders.ts'
import { exclusive, followSeed, linkSeed, profiles, SEED_LIMIT_MS } from './lend-seed.ts'
import { stubOf, writeStubs } from './stubs.ts'

const FETCH_LIMIT_MS = 10 * 60_000

/**
 * Builds the third-party crates of a pattern once for all patterns, and gives the pattern's own target folder
 * hard links to them; cargo itself decides what is fresh. `crates` are the folders of the pattern's crates, from its
 * own. Returns how the command that failed ended, or `null`.
 */
export async function seedTarget(
  root: string,
  toolchain: Toolchain,
  slug: string,
  buildProfile: BuildProfile,
  crates: readonly string[] = [''],
): Promise<Outcome | null> {
  const folder = seedFolder(root, toolchain)
  const target = targetFolder(root, toolchain, slug, buildProfile)
  await makeCacheFolder(target)
  const stubs = await writeStubs(root, join(folder, 'stubs'))

  const stamp = join(target, `seeded-${buildProfile.name}`)
  const wanted = createHash('sha256').update(stubs.text).update(JSON.stringify(buildProfile)).digest('hex')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return null

  // Only fetching has the network; what is built runs build scripts and procedural macros of strangers.
  const fetch: Command = {
    program: 'cargo',
    args: ['fetch', '--locked', ...buildProfile.fetchArgs],
    env: buildProfile.env,
    cwd: stubs.folder,
    timeoutMs: FETCH_LIMIT_MS,
    network: true,
  }
  const fetched = await toolchain.run(fetch)
  if (!succeeded(fetched, fetch)) return fetched
  const seed = join(folder, buildProfile.seed)
  if (buildProfile.seed !== PLAIN.seed) {
    const taken = await followSeed(toolchain, folder, join(folder, PLAIN.seed), seed)
    if (taken !== null) return taken
  }
  const args = ['build', '--locked', '--all-targets', '--target-dir', seed, ...buildProfile.args]
  for (const crate of crates) {
    const build: Command = {
      program: 'cargo',
      args,
      cwd: join(stubs.folder, stubOf(slug), crate),
      env: buildProfile.env,
      timeoutMs: SEED_LIMIT_MS,
    }
    const built = await toolchain.run(exclusive(folder, build))
    if (!succeeded(built, build)) return built
  }
  for (const profile of await profiles(seed, buildProfile.profile)) {
    const copied = await linkSeed(toolchain, folder, join(seed, profile), join(target, profile))
    if (copied !== null) return copied
  }
  await writeFileAtomic(stamp, wanted)
  return null
}
