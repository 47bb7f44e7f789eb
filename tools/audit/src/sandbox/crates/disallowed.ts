import { parse } from 'smol-toml'
import { KINDS, plain, type Table, tableOf } from '../../project/manifest-shape.ts'

/** A crate that a manifest names and that may not be fetched. */
export type DisallowedCrate = { name: string; from: 'the registry' | 'elsewhere' }

/** All that a dependency may say: of where it comes from, nothing. */
const HARMLESS = ['version', 'features', 'default-features', 'default_features', 'optional', 'package']

/** The crates of a manifest that are not allowed, or `null` for a manifest that cannot be read. */
export function disallowedCrates(manifest: string, allowed: ReadonlySet<string>): DisallowedCrate[] | null {
  const root = read(manifest)
  if (root === null) return null
  const holders = [root, ...tablesIn(root.target)]
  const entries = holders.flatMap((holder) => KINDS.flatMap((kind) => Object.entries(tableOf(holder[kind]))))
  return entries.flatMap(([name, wanted]): DisallowedCrate[] => {
    const crate = tableOf(wanted)
    if (Object.keys(crate).some((key) => !HARMLESS.includes(key))) return [{ name, from: 'elsewhere' }]
    const real = typeof crate.package === 'string' ? crate.package : name
    return allowed.has(plain(real)) ? [] : [{ name: real, from: 'the registry' }]
  })
}

function read(manifest: string): Table | null {
  try {
    return parse(manifest)
  } catch {
    return null
  }
}

function tablesIn(value: unknown): Table[] {
  return Object.values(tableOf(value)).map(tableOf)
}
