import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Build, ownArtifacts } from './build.ts'
import type { Artifact } from './cargo-messages.ts'
import { isWithin, withinPackage } from './places.ts'
import type { Verification } from './verification.ts'

/**
 * The package's files that a compiler read in this build: what rustc and the C++ compiler wrote into their
 * dep-info, never what a manifest or a build script declares.
 */
export async function compiledFiles(
  verification: Verification,
  build: Build,
  cmake: readonly string[],
): Promise<Set<string>> {
  const { root, dir, pkg } = verification
  const rust = await rustDepInfo(ownArtifacts(verification, build))
  const cxx = build.outDir === null ? [] : await cxxDepInfo(build.outDir)
  const read = [
    ...cmake,
    ...rust.map((path) => resolve(root, path)),
    ...cxx.map((path) => resolve(dir, path)),
  ]
  const real = await Promise.all([...new Set(read)].map((path) => realpath(path).catch(() => path)))
  // cargo read the manifest, or there would be no artifact of it.
  const manifest = build.artifacts.length > 0 ? ['Cargo.toml'] : []
  return new Set([
    ...manifest,
    ...real.filter((path) => isWithin(pkg, dir, path)).map((path) => withinPackage(pkg, dir, path)),
  ])
}

/** What rustc's own dep-info of these artifacts names, relative to the folder that cargo ran it in. */
async function rustDepInfo(artifacts: readonly Artifact[]): Promise<string[]> {
  const files = artifacts.flatMap((artifact) => artifact.files)
  const folders = new Set(files.flatMap((file) => [dirname(file), join(dirname(file), 'deps')]))
  const named = new Map((await Promise.all([...folders].map(depInfoByInode))).flat())
  const inodes = await Promise.all(files.map(async (file) => (await stat(file)).ino))
  const paths = new Set(inodes.flatMap((inode) => named.get(inode) ?? []))
  return (
    await Promise.all([...paths].map(async (path) => prerequisites(await readFile(path, 'utf8'))))
  ).flat()
}

/**
 * cargo gives what it built a second, plain name by a hard link; rustc's dep-info lies beside the name that ends
 * with a hash. The inode leads from the one to the other.
 */
async function depInfoByInode(folder: string): Promise<[number, string][]> {
  const names = await readdir(folder).catch((): string[] => [])
  const hashed = names.flatMap((name) => {
    const stem = /^(?:lib)?(.+-[0-9a-f]{16})(?:\.\w+)?$/.exec(name)?.[1]
    return stem !== undefined && !name.endsWith('.d') && names.includes(`${stem}.d`) ? [{ name, stem }] : []
  })
  return Promise.all(
    hashed.map(
      async ({ name, stem }) =>
        [(await stat(join(folder, name))).ino, join(folder, `${stem}.d`)] as [number, string],
    ),
  )
}

/** What the last run of the build script made its C++ compiler read; objects of an earlier run do not count. */
async function cxxDepInfo(outDir: string): Promise<string[]> {
  const { mtimeMs: started } = await stat(join(dirname(outDir), 'invoked.timestamp'))
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d'))
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = paths.map(async (path) =>
    (await stat(path)).mtimeMs >= started ? prerequisites(await readFile(path, 'utf8')) : [],
  )
  return (await Promise.all(texts)).flat()
}

/** The prerequisites of a Makefile rule, with its escaped spaces and continued lines. */
export function prerequisites(text: string): string[] {
  const rules = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
  return rules.flatMap((rule) => {
    const at = rule.indexOf(': ')
    return at < 0
      ? []
      : (rule.slice(at + 2).match(/(?:\\.|[^\s\\])+/g) ?? []).map((path) => path.replace(/\\(.)/g, '$1'))
  })
}
