import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { Artifact } from '@cookbook/diagnostics'
import { isWithin, withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate, type SourceLocation, withinCrate } from '@cookbook/guide'
import { isLeftByEditor } from '@cookbook/guide/layout'
import { isOfLibrary, libraryFolders } from '@cookbook/guide/library'
import type { Build, Read, ReadFile } from '../context/built.ts'
import type { Verification } from '../context/verification.ts'
import { ownArtifacts } from './build.ts'

/** Where a system keeps the headers and the CMake modules of what is installed. */
const INSTALLED = ['/usr/', '/opt/', '/nix/store/', '/gnu/store/', '/Library/']
const SETTINGS = ['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain']

/**
 * What the build depended on and a reader of the chapter does not see: files that are not shown or lie outside of the
 * package, settings of cargo and rustup, variables of the environment, crates beside the registry's.
 */
export async function hiddenInputs(verification: Verification, build: Build, read: Read): Promise<Finding[]> {
  return [
    ...read.files.flatMap((file) => hiddenFile(verification, build, file)),
    ...settings(verification),
    ...read.variables.map(({ name, artifact }) =>
      hidden(
        whereNamed(verification, name, artifact),
        `the build reads the variable ${name} of the environment, expected what cargo or the build script sets`,
        'write its value into the source',
      ),
    ),
    ...strangeCrates(verification, build),
  ].filter(isFirst)
}

function hiddenFile(verification: Verification, build: Build, { path, by, artifact }: ReadFile): Finding[] {
  const { dir, pkg } = verification
  if (!isWithin(pkg, dir, path)) {
    if (isBuilt(verification, build, path) || (by !== 'rustc' && isInstalled(verification, path))) return []
    const where = whereNamed(verification, path, artifact)
    const message = `${by} reads ${path}, which lies outside of the package, expected files of the chapter alone`
    return [hidden(where, message, 'copy it into the package, and show it')]
  }
  const own = withinPackage(pkg, dir, path)
  if (own.split('/').some(isLeftByEditor)) {
    const message = `${by} reads ${own}, a name for what editors leave, which no hash of the pattern knows`
    return [hidden(whereNamed(verification, path, artifact), message, 'rename it, and what refers to it')]
  }
  const byTest = artifact !== null && isTest(artifact)
  if (by === 'rustc' && !byTest && withinCrate(own).startsWith('expected/')) {
    const message = `rustc reads ${own}, so that the program prints it whatever it does`
    return [hidden(whereNamed(verification, path, artifact), message, 'compute what the program prints')]
  }
  if (pkg.chapter.examples.some(({ source }) => source.path === own)) return []
  // What only tests read is no part of what is pasted.
  if (byTest) return []
  const message = `${by} reads ${own}, which the chapter does not show`
  return [
    hidden(whereNamed(verification, path, artifact), message, `show it: a fence with the source ${own}`),
  ]
}

const isTest = ({ kinds }: Artifact) => kinds.includes('test') || kinds.includes('bench')

/** What this build, or that of the third-party crates, wrote itself; libraries are unpacked beside them. */
function isBuilt({ root, toolchain }: Verification, { outDirs }: Build, path: string): boolean {
  if (/\.rs$/.test(path)) return [...outDirs.values()].some((outDir) => isBelow(path, outDir))
  const folders = [toolchain.id, toolchain.seeds, 'libraries'].map((name) => join(root, 'target', name))
  return folders.some((folder) => isBelow(path, folder))
}

/** Headers of crates that cargo fetched, and of libraries that the toolchain's own probe knows. */
function isInstalled({ toolchain }: Verification, path: string): boolean {
  // A container sees nothing of the machine but the checkout.
  if (toolchain.kind === 'docker') return true
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo')
  return [...INSTALLED, `${home}/registry/`, `${home}/git/`].some((folder) => path.startsWith(folder))
}

/** Files by which cargo and rustup build otherwise than a reader's would, from the package up to the checkout. */
function settings({ root, dir, pkg, crates }: Verification): Finding[] {
  const findings: Finding[] = []
  for (let folder = crates.at(-1)!.dir; ; folder = dirname(folder)) {
    for (const name of SETTINGS) {
      const file = relative(root, join(folder, name))
      const shown = folder === dir && pkg.chapter.examples.some(({ source }) => source.path === name)
      // The toolchain itself was asked in the checkout's own folder.
      const known = name.startsWith('rust') ? folder === root : shown
      if (known || !existsSync(join(folder, name))) continue
      const message = `${file} changes how the pattern is built, and a reader does not have it`
      findings.push(
        hidden({ file, line: 1, column: 1 }, message, 'remove it, and say in build.rs what the build needs'),
      )
    }
    if (folder === root) return findings
  }
}

/**
 * Crates that come from a folder: nothing knows when they change, but of the repository's own library, which evidence
 * is of as well. The manifest names its own, with which third-party crates cannot even be built; cargo names those
 * that the workspace's manifest puts in the place of others.
 */
function strangeCrates(verification: Verification, build: Build): Finding[] {
  const { root, dir, pkg, crates } = verification
  const library = libraryFolders(root)
  const from = (manifest: string, line: number, what: string) =>
    hidden(
      locate(pkg, manifest, line, 1),
      `${what} comes from a folder, which the chapter does not show`,
      'depend on a published version of it, or move its code into the package',
    )
  const named = crates.flatMap(({ folder }) => {
    const manifest = `${folder}Cargo.toml`
    let table = ''
    return (pkg.files.get(manifest)?.text.lines ?? []).flatMap((line, index) => {
      table = /^\s*\[+\s*([^\]]+)/.exec(line)?.[1] ?? table
      const isDependency = /dependencies/.test(table) && /(?<![\w-])path\s*=\s*["']/.test(line)
      const isLibrary = folder === '' && isOfLibrary(root, dir, line, library)
      if (!isDependency || isLibrary) return []
      return [from(manifest, index + 1, `a crate of [${table.trim()}]`)]
    })
  })
  const own = ownArtifacts(verification, build)
  const replaced = build.artifacts
    .filter((artifact) => !own.includes(artifact) && artifact.packageId.startsWith('path+'))
    .filter(({ manifest }) => !library.includes(relative(root, dirname(manifest))))
    .map(({ name }) => from('Cargo.toml', 1, `the crate ${name}`))
  return [...named, ...replaced]
}

/** The line of a shown file that names the file or the variable, else the beginning of what was compiled. */
function whereNamed(verification: Verification, path: string, artifact: Artifact | null): SourceLocation {
  const { dir, pkg } = verification
  const name = path.split('/').at(-1)!
  for (const [file, { text }] of pkg.files) {
    const index = text.lines.findIndex((line) => line.includes(name))
    if (index >= 0) return locate(pkg, file, index + 1, text.lines[index]!.indexOf(name) + 1)
  }
  return locate(pkg, artifact === null ? 'build.rs' : relative(dir, artifact.source), 1, 1)
}

function hidden(place: SourceLocation, message: string, fix: string): Finding {
  return errorAt('hidden-input', place, message, fix)
}

const isBelow = (path: string, folder: string) => path.startsWith(`${folder}/`)

/** One target is compiled as a program and as a test, and reads the same. */
function isFirst(finding: Finding, index: number, all: readonly Finding[]): boolean {
  return all.findIndex(({ message }) => message === finding.message) === index
}
