import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { crateFolderOf, crateFolders, type PatternPackage } from '@cookbook/guide'

/** One of the crates of a pattern: its own, or the small one. */
export type Crate = {
  /** As its manifest says it, which need not be the folder's. */
  name: string
  /** From the package's folder: nothing, or `small/`. */
  folder: string
  /** Absolute. */
  dir: string
}

/** The crate that a file of the package belongs to; `path` is absolute. */
export function crateOf({ dir, crates }: { dir: string; crates: readonly Crate[] }, path: string): Crate {
  const folder = crateFolderOf(path.slice(dir.length + 1))
  return crates.find((crate) => crate.folder === folder) ?? crates[0]!
}

/** The crates of a pattern, its own first. */
export async function cratesOf({ dir, contract }: PatternPackage): Promise<Crate[]> {
  const folders = crateFolders(contract)
  return Promise.all(
    folders.map(async (folder) => {
      const manifest = await readFile(join(dir, folder, 'Cargo.toml'), 'utf8').catch(() => '')
      const name = /^name\s*=\s*"([^"]+)"/m.exec(manifest)?.[1] ?? basename(dir)
      return { name, folder, dir: resolve(dir, folder) }
    }),
  )
}
