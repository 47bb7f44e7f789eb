import { glob, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import floors from '../../floors.json' with { type: 'json' }

/** What a pattern can need beyond a Rust and a C++ compiler: each entry of floors.json that Debian's packages provide. */
export type Need = {
  [Name in keyof typeof floors]: (typeof floors)[Name] extends { packages: string[] } ? Name : never
}[keyof typeof floors]

/** Every need, as `needs` in a pattern's package.json may name it. */
export const NEEDS = Object.entries(floors).flatMap(([name, entry]) =>
  'packages' in entry ? [name as Need] : [],
)

export const isNeed = (name: unknown): name is Need => (NEEDS as readonly unknown[]).includes(name)

/** The Debian packages that provide a need. */
export function packagesOf(need: Need): readonly string[] {
  return floors[need].packages
}

/** The `needs` of the pattern in `dir`, in the order of floors.json, or why its package.json states none. */
export async function readNeeds(
  dir: string,
): Promise<{ needs: readonly Need[] } | { problem: string; fix: string }> {
  const file = join(dir, 'package.json')
  try {
    const { needs = [] } = JSON.parse(await readFile(file, 'utf8')) as { needs?: unknown }
    const names: readonly unknown[] = Array.isArray(needs) ? needs : [needs]
    const unknown = names.find((name) => !isNeed(name))
    return unknown === undefined
      ? { needs: NEEDS.filter((need) => names.includes(need)) }
      : unreadableNeeds(file, `"needs" names ${JSON.stringify(unknown)}`)
  } catch (error) {
    return unreadableNeeds(file, (error as Error).message)
  }
}

/** A pattern's folder, and what it needs or why that cannot be read. */
export type PatternNeeds = { dir: string; slug: string; read: Awaited<ReturnType<typeof readNeeds>> }

/** The needs of all patterns of the repository `root`, sorted by name. */
export async function readAllNeeds(root: string): Promise<PatternNeeds[]> {
  const manifests = (await Array.fromAsync(glob('patterns/*/package.json', { cwd: root }))).sort()
  return Promise.all(
    manifests.map(async (path) => {
      const dir = join(root, dirname(path))
      return { dir, slug: basename(dir), read: await readNeeds(dir) }
    }),
  )
}

function unreadableNeeds(file: string, found: string) {
  return {
    problem: `${file}: ${found}, expected "needs" to be a list of any of ${NEEDS.join(', ')}`,
    fix: 'correct it, or take "needs" away',
  }
}
