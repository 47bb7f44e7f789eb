import { readdir, readFile, stat } from 'node:fs/promises'
import { arch } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Need } from '../probe/needs.ts'

type Environment = Readonly<Record<string, string>>

/**
 * The folder of all unpacked packages. Its name tells the distribution, so that a checkout which another machine uses
 * too gets packages of its own there.
 */
export async function librariesFolder(root: string): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? 'unknown'
  return join(root, 'target/libraries', `${field('ID')}-${field('VERSION_ID')}-${arch()}`)
}

/** The folder of a need's unpacked packages. */
export async function libraryFolder(root: string, need: Need): Promise<string> {
  return join(await librariesFolder(root), need)
}

/** What compilers, CMake, pkg-config and programs need in their environment to find what lies in these folders. */
export async function librariesEnvironment(
  folders: readonly string[],
  base: Environment,
): Promise<Record<string, string>> {
  const found = await Promise.all(folders.map(subfolders))
  const search = (name: string, pick: (folder: Subfolders) => string[]) => {
    const paths = [base[name] ?? '', ...found.flatMap(pick)].filter((path) => path !== '')
    return paths.length === 0 ? {} : { [name]: paths.join(delimiter) }
  }
  return {
    // Behind the system's own programs.
    ...search('PATH', ({ programs }) => programs),
    // As system headers: warnings in them are not the pattern's.
    ...search('CPLUS_INCLUDE_PATH', ({ headers }) => headers),
    ...search('C_INCLUDE_PATH', ({ headers }) => headers),
    ...search('LIBRARY_PATH', ({ libraries }) => libraries),
    ...search('LD_LIBRARY_PATH', ({ libraries }) => libraries),
    ...search('PKG_CONFIG_PATH', ({ descriptions }) => descriptions),
    ...search('CMAKE_PREFIX_PATH', ({ prefix }) => prefix),
  }
}

type Subfolders = Record<'programs' | 'headers' | 'libraries' | 'descriptions' | 'prefix', string[]>

/** The folders that are there of those in which Debian's packages keep what a build asks for. */
export async function subfolders(root: string): Promise<Subfolders> {
  const usr = join(root, 'usr')
  const architectures = (await readdir(join(usr, 'lib')).catch((): string[] => [])).filter((name) =>
    name.includes('-linux-'),
  )
  const below = (...folders: string[]) => architectures.map((name) => join(root, ...folders, name))
  const present = async (paths: readonly string[]) => {
    const looks = await Promise.all(paths.map((path) => stat(path).catch(() => null)))
    return paths.filter((_, index) => looks[index]?.isDirectory())
  }
  const libraries = await present([...below('usr', 'lib'), ...below('lib')])
  return {
    programs: await present([join(usr, 'bin')]),
    headers: await present([join(usr, 'include'), ...below('usr', 'include')]),
    libraries,
    descriptions: await present([
      ...libraries.map((folder) => join(folder, 'pkgconfig')),
      join(usr, 'share/pkgconfig'),
    ]),
    prefix: await present([usr]),
  }
}
