import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The name of the crate in `dir`, as its manifest says it; the folder's name where that cannot be read. */
export async function crateOf(dir: string): Promise<string> {
  const manifest = await readFile(join(dir, 'Cargo.toml'), 'utf8').catch(() => '')
  return /^name\s*=\s*"([^"]+)"/m.exec(manifest)?.[1] ?? basename(dir)
}
