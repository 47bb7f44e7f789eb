import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Reader } from '../guide-files.ts'
import type { Reach } from './includes.ts'

/** How far above a page what sets up its site, its book or its package is looked for. */
const ABOVE = 8

const CONFIGURATIONS = [
  'mkdocs.yml',
  'mkdocs.yaml',
  'conf.py',
  'Doxyfile',
  '.vitepress',
  'hugo.toml',
  'antora.yml',
] as const

/** The first folder from one upwards that holds a file of a name; none is looked for above a repository. */
export async function folderAbove(folder: string, names: readonly string[]): Promise<string | null> {
  for (let [at, left] = [folder, ABOVE]; left > 0; left--, at = dirname(at)) {
    for (const name of names) if (await exists(join(at, name))) return at
    if (at === dirname(at) || (await exists(join(at, '.git')))) return null
  }
  return null
}

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null

/** From where what a page in `folder` includes may be read, when `named` is the folder that is audited. */
export async function reachOf(folder: string, named: string, read: Reader): Promise<Reach> {
  const site = await folderAbove(folder, CONFIGURATIONS)
  if (site === null) return { root: named, site: [named] }
  const root = named.startsWith(`${site}/`) ? site : named
  return { root, site: [...(await namedBy(site, read)), site] }
}

/** The folders in which a site's configuration says that what is included lies. */
async function namedBy(site: string, read: Reader): Promise<string[]> {
  const folders: string[] = []
  for (const name of CONFIGURATIONS) {
    if (!/^mkdocs|^Doxyfile$/.test(name)) continue
    const found = await read(join(site, name))
    if (found.kind === 'unread') continue
    const text = found.bytes.toString('utf8').slice(0, 100_000)
    const list = name === 'Doxyfile' ? examplePaths(text) : basePaths(text)
    folders.push(...list.slice(0, 20).map((path) => join(site, path)))
  }
  return folders
}

/** `EXAMPLE_PATH = examples ../tests`, which a backslash continues. */
function examplePaths(text: string): string[] {
  const value = /^[ \t]*EXAMPLE_PATH[ \t]*\+?=((?:[^\n\\]|\\\n?)*)/m.exec(text)?.[1] ?? ''
  return value.split(/[\s\\"]+/).filter((word) => word !== '')
}

/** `base_path` of pymdownx.snippets: a folder, a list in brackets or one of items. */
function basePaths(text: string): string[] {
  const found =
    /^[ \t]*base_path:[ \t]*(\[[^\]]*\]|\S[^\n]*|(?:\n[ \t]*-[ \t]*[^\n]+)+)/m.exec(text)?.[1] ?? ''
  return (found.match(/[\w./-]+/g) ?? []).filter((word) => word !== '-')
}

/** The file of a package that documents it is of its library: what lies below `src`. */
export const isOfLibrary = (path: string, crate: string): boolean =>
  path.startsWith(`${crate}/src/`) && !path.startsWith(`${crate}/src/bin/`) && basename(path) !== 'main.rs'
