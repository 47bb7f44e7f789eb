import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The folders of a cargo registry that hold what is of crates.io or of a mirror, from the registry's own. Those of
 * other registries, which may hold what is not public, no guide sees. Read again for each command: fetching adds some.
 */
export function publicParts(registry: string, mirrors: string): string[] {
  const hosts = [...mirrors.matchAll(/:\/\/([\w.-]+)/g)].map(([, host]) => host!)
  const known = ['index.crates.io', 'github.com', ...hosts]
  return ['index', 'cache', 'src'].flatMap((kind) =>
    folders(join(registry, kind))
      .filter((name) => known.includes(name.replace(/-[0-9a-f]{16}$/, '')))
      .map((name) => join(kind, name)),
  )
}

function folders(path: string): string[] {
  try {
    return readdirSync(path).sort()
  } catch {
    // Nothing was fetched yet.
    return []
  }
}
