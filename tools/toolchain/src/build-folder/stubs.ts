import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { writeFileAtomic } from '../process/write-file-atomic.ts'

/** What a package needs so that cargo compiles its dependencies, and nothing of its own. */
const STUB_SOURCES = { 'build.rs': 'fn main() {}\n', 'src/lib.rs': '', 'src/main.rs': 'fn main() {}\n' }
const MEMBERS = ['patterns', 'crates']
/** A second crate that a pattern may have. */
const SMALL = 'small'
/** Where the members of the stub workspace lie. */
const STUBS = 'stubs'

/** The folder of a pattern's stub, from that of the stub workspace. */
export const stubOf = (slug: string): string => join(STUBS, 'patterns', slug)

/**
 * Writes a workspace of the members' real manifests and lock with stub sources into `folder`. They lie a folder deeper
 * than in the repository, because cargo names what it builds by the path within the workspace, and a stub must never
 * pass for a pattern or for a crate of the library; side by side, as there, so that the paths from one to another
 * lead where they should. Answers the folder and all text that decides what cargo will build.
 */
export async function writeStubs(root: string, folder: string): Promise<{ folder: string; text: string }> {
  const workspace = await readFile(join(root, 'Cargo.toml'), 'utf8')
  const lock = await readFile(join(root, 'Cargo.lock'), 'utf8')
  const manifests = await Promise.all(
    MEMBERS.map((name) => writeMembers(join(root, name), join(folder, STUBS, name))),
  )
  const members = MEMBERS.reduce(
    (text, name) => text.replaceAll(`"${name}/`, `"${STUBS}/${name}/`),
    workspace,
  )
  await writeFileAtomic(join(folder, 'Cargo.toml'), members)
  await writeFileAtomic(join(folder, 'Cargo.lock'), lock)
  return { folder, text: [workspace, lock, ...manifests.flat()].join('\0') }
}

/** Writes stubs of the packages in `from` into `to`, and nothing else is left there. Answers the manifests. */
async function writeMembers(from: string, to: string): Promise<string[]> {
  const names = await packagesOf(from)
  const manifests = await Promise.all(names.map((name) => readFile(join(from, name, 'Cargo.toml'), 'utf8')))
  const before = await readdir(to).catch((): string[] => [])
  const gone = before.flatMap((name) => [name, join(name, SMALL)]).filter((name) => !names.includes(name))
  await Promise.all([
    ...gone.map((name) => rm(join(to, name), { recursive: true, force: true })),
    ...names.flatMap((name, index) => [
      writeFileAtomic(join(to, name, 'Cargo.toml'), withoutTargets(manifests[index]!)),
      ...Object.entries(STUB_SOURCES).map(([path, text]) => writeFileAtomic(join(to, name, path), text)),
    ]),
  ])
  return manifests
}

/**
 * A manifest without what names the pattern's own sources: tables of programs, examples, tests and benchmarks, and
 * paths. Its dependencies are all that a stub is for. One that is no TOML stays as it is, and cargo says so.
 */
function withoutTargets(manifest: string): string {
  let read: Record<string, Record<string, unknown> | undefined>
  try {
    read = parse(manifest) as typeof read
  } catch {
    return manifest
  }
  const { bin, example, test, bench, ...rest } = read
  const { build, 'default-run': program, ...own } = rest.package ?? {}
  const { path, name, ...lib } = rest.lib ?? {}
  if ([bin, example, test, bench, build, program, path, name].every((each) => each === undefined))
    return manifest
  return stringify({ ...rest, package: build === false ? { ...own, build } : own, ...(rest.lib && { lib }) })
}

async function packagesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [name, join(name, SMALL)])
  const manifests = await Promise.all(
    folders.map((name) => readFile(join(folder, name, 'Cargo.toml')).catch(() => null)),
  )
  return folders.filter((_, index) => manifests[index] !== null).sort()
}
