import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { arch } from 'node:os'
import { delimiter, join } from 'node:path'
import { makeCacheFolder } from './cache-folder.ts'
import { type Command, describeEnding, ended, type Outcome } from './command.ts'
import { type Need, packagesOf } from './needs.ts'

type Run = (command: Command) => Promise<Outcome>
type Environment = Readonly<Record<string, string>>

const APT_LIMIT_MS = 5 * 60_000
/** apt keeps its lists and archives below our own folder, because only root may change the system's. */
const APT_OPTIONS = [
  'Debug::NoLocking=true',
  // A list that cannot be fetched is an error, not a warning.
  'APT::Update::Error-Mode=any',
  'APT::Sandbox::User=',
  'Acquire::Languages=none',
  'Acquire::Retries=1',
  'Acquire::http::Timeout=15',
  'Acquire::https::Timeout=15',
  'Dir::Cache::pkgcache=',
  'Dir::Cache::srcpkgcache=',
]
/** Packages that hold only headers and build tools: no running program depends on their being installed. */
const BUILD_ONLY = /^(?:.*-dev|pkg-config|pkgconf|pkgconf-bin|cmake|cmake-data|make)$/

/**
 * The folder of a need's unpacked packages, below target/. Its name tells the distribution, so that a checkout which
 * another machine uses too gets packages of its own there.
 */
export async function libraryFolder(root: string, need: Need): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? 'unknown'
  return join(root, 'target/libraries', `${field('ID')}-${field('VERSION_ID')}-${arch()}`, need)
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

/**
 * Downloads the packages of a need with apt-get, which checks their signatures, and unpacks them below target/. No
 * other run sees a half of it. Answers why it could not be done, or `null`.
 */
export async function downloadLibrary(root: string, need: Need, run: Run): Promise<string | null> {
  const folder = await libraryFolder(root, need)
  await makeCacheFolder(join(root, 'target'))
  await mkdir(join(folder, '..'), { recursive: true })
  const apt = join(folder, '../apt')
  await mkdir(join(apt, 'lists/partial'), { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    // What lies there and does not do: a version below the floor, or a folder that somebody emptied.
    await rename(folder, join(draft, 'old')).catch(unless('ENOENT'))
    const failed = await downloadInto(draft, apt, need, run)
    // Another run may have put the same there meanwhile.
    if (failed === null) await rename(join(draft, 'root'), folder).catch(unless('ENOTEMPTY'))
    return failed
  } catch (error) {
    return (error as Error).message
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function downloadInto(draft: string, apt: string, need: Need, run: Run): Promise<string | null> {
  const recorded = await readFile('/var/lib/dpkg/status', 'utf8').catch(() => null)
  if (recorded === null) return 'this system has no dpkg, whose packages could be unpacked'
  const status = join(draft, 'status')
  await writeFile(status, withoutBuildPackages(recorded, need))
  for (const path of ['archives/partial', 'root']) await mkdir(join(draft, path), { recursive: true })
  const settings = [
    ...APT_OPTIONS,
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::State::status=${status}`,
    `Dir::Cache=${apt}`,
    `Dir::Cache::archives=${join(draft, 'archives')}`,
  ]
  const options = settings.flatMap((setting) => ['-o', setting])
  const call = async (program: string, args: readonly string[]) => {
    // The lists are shared, and only one apt-get at a time may write them.
    const command: Command = {
      program: 'flock',
      args: [join(apt, 'lock'), program, ...args],
      cwd: draft,
      timeoutMs: APT_LIMIT_MS,
      network: true,
    }
    const outcome = await run(command)
    return ended(outcome, command) ? null : reasonOf(program, outcome)
  }
  const install = ['install', '--download-only', '--yes', '--no-install-recommends', ...packagesOf(need)]
  const failed =
    (await call('apt-get', ['--quiet', ...options, 'update'])) ??
    (await call('apt-get', ['--quiet', ...options, ...install]))
  if (failed !== null) return failed
  const archives = (await readdir(join(draft, 'archives'))).filter((name) => name.endsWith('.deb')).sort()
  for (const name of archives) {
    const unpacked = await call('dpkg-deb', ['--extract', join(draft, 'archives', name), join(draft, 'root')])
    if (unpacked !== null) return unpacked
  }
  await writeFile(join(draft, 'root/packages.txt'), archives.map((name) => `${name}\n`).join(''))
  const { descriptions, libraries } = await subfolders(join(draft, 'root'))
  for (const folder of descriptions) await relocate(folder)
  for (const folder of libraries) await linkSystemLibraries(folder, folder.slice(join(draft, 'root').length))
  return null
}

/**
 * dpkg's status without the build packages of a need: that they are recorded as installed where their files are not
 * found must not keep apt from downloading them.
 */
export function withoutBuildPackages(status: string, need: Need): string {
  const stems = packagesOf(need).map((name) => name.replace(/(?:\d.*)?-dev$/, ''))
  const isBuildPackage = (stanza: string) => {
    const name = /^Package: (.+)$/m.exec(stanza)?.[1] ?? ''
    return BUILD_ONLY.test(name) && stems.some((stem) => name.startsWith(stem.replace(/-config$/, '')))
  }
  return status
    .split(/\n\n+/)
    .filter((stanza) => !isBuildPackage(stanza))
    .join('\n\n')
}

/** pkg-config files name /usr; from where they lie now, that is this many folders up. */
export async function relocate(folder: string): Promise<void> {
  const up = folder.endsWith('share/pkgconfig') ? '../..' : '../../..'
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.pc')) continue
    const path = join(folder, name)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(/^(\w+=)\/usr(?=\/|$)/gm, `$1\${pcfiledir}/${up}`))
  }
}

/** A development package's link leads to the shared library beside it, which the system may have already. */
async function linkSystemLibraries(folder: string, system: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (!entry.isSymbolicLink() || (await isThere(path))) continue
    const target = join(system, await readlink(path))
    if (!(await isThere(target))) continue
    await rm(path)
    await symlink(target, path)
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error
}

type Subfolders = Record<'programs' | 'headers' | 'libraries' | 'descriptions' | 'prefix', string[]>

/** The folders that are there of those in which Debian's packages keep what a build asks for. */
async function subfolders(root: string): Promise<Subfolders> {
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

/** apt's own error lines, else how the program ended. */
function reasonOf(program: string, outcome: Outcome): string {
  const errors = outcome.stderr.split('\n').filter((line) => line.startsWith('E: '))
  const said = errors.map((line) => line.slice('E: '.length)).join('; ')
  return `${program}: ${said || outcome.stderr.trim().split('\n').at(-1) || describeEnding(outcome)}`
}
