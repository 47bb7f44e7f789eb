import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Artifact } from '@cookbook/diagnostics'
import { compiledFrom, isWithin, prerequisites, withinPackage } from '@cookbook/diagnostics'
import type { Build, Read } from '../context/built.ts'
import type { Verification } from '../context/verification.ts'
import { languageOf } from '../source/language.ts'
import { modulesOf } from '../source/module-tree.ts'
import { ownArtifacts } from './build.ts'
import type { CmakeBuild } from './cmake.ts'

export async function readInBuild(
  verification: Verification,
  build: Build,
  cmake: CmakeBuild,
): Promise<Read> {
  const { root, dir } = verification
  const rust = await rustDepInfo(ownArtifacts(verification, build))
  const cxx = await Promise.all([...build.outDirs].map(([crate, outDir]) => cxxDepInfo(crate.dir, outDir)))
  const real = async (path: string) => realpath(path).catch(() => path)
  const files = [
    ...rust.map(({ artifact, text }) => ({
      by: 'rustc' as const,
      artifact,
      paths: prerequisites(text),
      cwd: root,
    })),
    { by: 'C++' as const, artifact: null, paths: [...cxx.flat(), ...cmake.read], cwd: dir },
    { by: 'CMake' as const, artifact: null, paths: cmake.configured, cwd: dir },
  ].flatMap(({ by, artifact, paths, cwd }) =>
    [...new Set(paths)].map(async (path) => ({ by, artifact, path: await real(resolve(cwd, path)) })),
  )
  const known = new Set(build.variables)
  const variables = rust.flatMap(({ artifact, text }) =>
    [...text.matchAll(/^# env-dep:(\w+)/gm)]
      .map(([, name]) => name!)
      .filter((name) => !/^(?:CARGO|OUT_DIR$)/.test(name) && !known.has(name))
      .map((name) => ({ name, artifact })),
  )
  return { files: await Promise.all(files), variables }
}

/** The package's own files that a compiler of their language read as code. */
export async function compiledFiles(
  verification: Verification,
  build: Build,
  { files }: Read,
): Promise<Set<string>> {
  const { pkg, dir } = verification
  const rust = files.filter(({ by }) => by === 'rustc').map(({ path }) => path)
  const modules = await modulesOf(
    await Promise.all(ownArtifacts(verification, build).map(({ source }) => realpath(source))),
    rust,
  )
  // cargo read a manifest, or there would be no artifact of it.
  const manifests = ownArtifacts(verification, build).map(({ manifest }) => withinPackage(pkg, dir, manifest))
  const own = files.filter(({ path, by }) => {
    if (!isWithin(pkg, dir, path)) return false
    const language = languageOf(pkg, withinPackage(pkg, dir, path))
    return language === 'cpp' ? by === 'C++' : language === null || modules.has(path)
  })
  return new Set([...manifests, ...own.map(({ path }) => withinPackage(pkg, dir, path))])
}

/** rustc's own dep-info of each of these artifacts; its paths are relative to the folder that cargo ran it in. */
async function rustDepInfo(artifacts: readonly Artifact[]): Promise<{ artifact: Artifact; text: string }[]> {
  const files = artifacts.flatMap((artifact) => artifact.files)
  const folders = new Set(files.flatMap((file) => [dirname(file), join(dirname(file), 'deps')]))
  const named = new Map((await Promise.all([...folders].map(depInfoByInode))).flat())
  const found = artifacts.map(async (artifact) => {
    const inodes = await Promise.all(artifact.files.map(async (file) => (await stat(file)).ino))
    const paths = new Set(inodes.flatMap((inode) => named.get(inode) ?? []))
    return Promise.all([...paths].map(async (path) => ({ artifact, text: await readFile(path, 'utf8') })))
  })
  return (await Promise.all(found)).flat()
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
async function cxxDepInfo(dir: string, outDir: string): Promise<string[]> {
  const { mtimeMs: started } = await stat(join(dirname(outDir), 'invoked.timestamp'))
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d'))
    .map((entry) => join(entry.parentPath, entry.name))
  const found = paths.map(async (path) =>
    (await stat(path)).mtimeMs >= started ? compiledFrom(path, dir) : [],
  )
  return (await Promise.all(found)).flat().map((path) => resolve(dir, path))
}
