import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SMALL } from './crates.ts'

const files = ['Cargo.toml', 'CMakeLists.txt', 'build.rs']
const folders = ['examples', 'include', 'src']

/**
 * The files that a chapter shows line for line, of each of its crates: a reader who pastes its examples
 * has to get them. Paths from `dir`, the package's folder, sorted. A link counts as what it leads to;
 * names that begin with a dot (an editor's, a desktop's) do not count.
 */
export async function contractFiles(dir: string): Promise<string[]> {
  const small = (await crateFiles(join(dir, SMALL)).catch(absent)).map((path) => `${SMALL}${path}`)
  return [...(await crateFiles(dir)), ...small].sort()
}

async function crateFiles(dir: string): Promise<string[]> {
  const top = await readdir(dir, { withFileTypes: true })
  const single = top.filter(({ name }) => files.includes(name)).map(({ name }) => name)
  const nested = await Promise.all(
    top.filter(({ name }) => folders.includes(name)).map(({ name }) => below(dir, name)),
  )
  return [...single, ...nested.flat()]
}

function absent(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
  throw error
}

// A linked folder is listed as if it were a file: reading it then says what is wrong with it.
async function below(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => {
        const path = `${folder}/${entry.name}`
        return entry.isDirectory() ? below(dir, path) : [path]
      }),
  )
  return found.flat()
}
