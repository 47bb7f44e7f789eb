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
import { join } from 'node:path'
import { type Need, packagesOf } from '../probe/needs.ts'
import { makeCacheFolder } from '../process/cache-folder.ts'
import { type Command, describeExit, type Outcome, succeeded } from '../process/command.ts'
import { exists } from '../process/exists.ts'
import { librariesFolder, libraryFolder, subfolders } from './libraries.ts'

type Run = (command: Command) => Promise<Outcome>

const LIMIT_MS = 5 * 60_000
/** A draft as old was left by a run that was killed. */
const ABANDONED_MS = 60 * 60_000
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

/** Fetches the lists of the system's own sources. Answers why it could not be done, or `null`. */
export async function updateLists(root: string, run: Run): Promise<string | null> {
  const folder = await librariesFolder(root)
  await makeCacheFolder(join(root, 'target'))
  await mkdir(join(folder, 'apt/lists/partial'), { recursive: true })
  return call(folder, 'apt-get', ['--quiet', ...options(folder), 'update'], run)
}

/**
 * Downloads the packages of a need with apt-get, which checks their signatures, and unpacks them below target/. No
 * other run sees a half of it. Answers why it could not be done, or `null`. To be called after `updateLists`.
 */
export async function downloadLibrary(root: string, need: Need, run: Run): Promise<string | null> {
  const libraries = await librariesFolder(root)
  const folder = await libraryFolder(root, need)
  await removeAbandoned(libraries)
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    // What lies there and does not do: a version below the floor, or a folder that somebody emptied.
    await rename(folder, join(draft, 'old')).catch(unless('ENOENT'))
    const failed = await downloadInto(draft, libraries, need, run)
    // Another run may have put the same there meanwhile.
    if (failed === null) await rename(join(draft, 'root'), folder).catch(unless('ENOTEMPTY'))
    return failed
  } catch (error) {
    return (error as Error).message
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function downloadInto(draft: string, libraries: string, need: Need, run: Run): Promise<string | null> {
  const status = join(draft, 'status')
  await writeFile(status, withoutBuildPackages(await readFile('/var/lib/dpkg/status', 'utf8'), need))
  for (const path of ['archives/partial', 'root']) await mkdir(join(draft, path), { recursive: true })
  const own = [`Dir::State::status=${status}`, `Dir::Cache::archives=${join(draft, 'archives')}`]
  const install = ['install', '--download-only', '--yes', '--no-install-recommends', ...packagesOf(need)]
  const failed = await call(libraries, 'apt-get', ['--quiet', ...options(libraries, own), ...install], run)
  if (failed !== null) return failed
  const root = join(draft, 'root')
  const archives = (await readdir(join(draft, 'archives'))).filter((name) => name.endsWith('.deb')).sort()
  for (const name of archives) {
    const args = ['--extract', join(draft, 'archives', name), root]
    const unpacked = await call(libraries, 'dpkg-deb', args, run)
    if (unpacked !== null) return unpacked
  }
  await writeFile(join(root, 'packages.txt'), archives.map((name) => `${name}\n`).join(''))
  const found = await subfolders(root)
  for (const folder of found.descriptions) await relocate(folder)
  for (const folder of found.libraries) await linkSystemLibraries(folder, folder.slice(root.length))
  return null
}

function options(libraries: string, more: readonly string[] = []): string[] {
  const apt = join(libraries, 'apt')
  const settings = [...APT_OPTIONS, `Dir::State::lists=${join(apt, 'lists')}`, `Dir::Cache=${apt}`, ...more]
  return settings.flatMap((setting) => ['-o', setting])
}

/** Runs one program, and no other run's at the same time: the lists are shared. Answers why it failed, or `null`. */
async function call(
  libraries: string,
  program: string,
  args: readonly string[],
  run: Run,
): Promise<string | null> {
  const command: Command = {
    program: 'flock',
    args: [join(libraries, 'apt/lock'), program, ...args],
    cwd: libraries,
    timeoutMs: LIMIT_MS,
    network: true,
  }
  const outcome = await run(command)
  return succeeded(outcome, command) ? null : reasonOf(program, outcome)
}

async function removeAbandoned(libraries: string): Promise<void> {
  for (const name of await readdir(libraries)) {
    const path = join(libraries, name)
    if (!name.includes('.draft-')) continue
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(path, { recursive: true, force: true })
  }
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
    if (!entry.isSymbolicLink() || (await exists(path))) continue
    const target = join(system, await readlink(path))
    if (!(await exists(target))) continue
    await rm(path)
    await symlink(target, path)
  }
}

const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error
}

/** apt's first error, else how the program ended. */
function reasonOf(program: string, outcome: Outcome): string {
  const said = /^E: (.*)$/m.exec(outcome.stderr)?.[1]
  return `${program}: ${said || outcome.stderr.trim().split('\n').at(-1) || describeExit(outcome)}`
}
