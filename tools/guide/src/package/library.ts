import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

const CRATES = 'crates'
/** A dependency that cargo takes from a folder. */
const PATH = /(?<![\w-])path\s*=\s*["']([^"']+)["']/

/** The repository's own library: the folders below `crates/` of the packages that are published. From `root`, sorted. */
export function libraryFolders(root: string): string[] {
  let names: string[]
  try {
    names = readdirSync(join(root, CRATES))
  } catch {
    return []
  }
  return names
    .map((name) => `${CRATES}/${name}`)
    .filter((folder) => isPublished(manifestOf(join(root, folder))))
    .sort()
}

/** The folders of the library when the package in `dir` takes a crate of it by path, else none. */
export function libraryOf(root: string, dir: string): string[] {
  const manifest = manifestOf(dir) ?? ''
  // Most patterns take none, and then nothing else is read.
  if (!manifest.includes(`/${CRATES}/`)) return []
  const folders = libraryFolders(root)
  const takes = manifest.split('\n').some((line) => isOfLibrary(root, dir, line, folders))
  return takes ? folders : []
}

/** Whether a line of the manifest in `dir` has a path, and it leads to a crate of the library. */
export function isOfLibrary(
  root: string,
  dir: string,
  line: string,
  folders: readonly string[] = libraryFolders(root),
): boolean {
  const path = PATH.exec(line)?.[1]
  if (path === undefined) return false
  return folders.includes(relative(root, resolve(dir, path)).split(sep).join('/'))
}

function manifestOf(dir: string): string | null {
  try {
    return readFileSync(join(dir, 'Cargo.toml'), 'utf8')
  } catch {
    return null
  }
}

const isPublished = (manifest: string | null) =>
  manifest !== null && !/^publish\s*=\s*(?:false|\[)/m.test(manifest)
