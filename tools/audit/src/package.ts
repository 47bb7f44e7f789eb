import { readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { place } from '@cookbook/toolchain'
import { type Assembled, textOf } from './assembled.ts'
import type { Workshop } from './crates.ts'
import type { Problem } from './problem.ts'

/** Where one assembled package is written and built. */
export type Bench = Workshop & {
  /** The package's folder, and the target folder of its own. */
  dir: string
  target: string
  /** Where sections share what they build, this is shared as well. */
  sanitizedTarget: string
  /** Whether what commands of one section write is kept from those of another. */
  isolated: boolean
  /** Whether programs are run under sanitizers as well. */
  sanitize: boolean
}

/** Writes the package as it now stands, and nothing of what it was. */
export async function writePackage({ dir }: Bench, { files }: Assembled): Promise<void> {
  const wanted = new Set(files.keys())
  const there = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of there) {
    const path = relative(dir, join(entry.parentPath, entry.name))
    const isPlace = wanted.has(path) || path === 'Cargo.lock'
    // A program may have put a folder in a file's place.
    if (entry.isDirectory() === isPlace) await rm(join(dir, path), { force: true, recursive: true })
  }
  for (const [path, lines] of files)
    await place(join(dir, path), path === 'Cargo.toml' ? alone(textOf(lines)) : textOf(lines))
}

/** A package of its own, whatever folder the audit works in. */
const alone = (manifest: string) =>
  /^\s*\[workspace\]/m.test(manifest) ? manifest : `${manifest}\n[workspace]\n`

/** Whether a path that a tool wrote is of the package: it runs in the package's folder. */
export function isOwn({ dir }: Bench): (path: string) => boolean {
  return (path) => {
    if (path.includes('/cxxbridge/crate/')) return true
    return isAbsolute(path) ? path.startsWith(`${dir}/`) : !path.startsWith('..') && !path.startsWith('<')
  }
}

export function withinPackage({ dir }: Bench, problem: Problem): Problem {
  const linked = /\/cxxbridge\/crate\/[^/]+\/(.*)$/.exec(problem.path)?.[1]
  const path =
    linked ??
    (problem.path.startsWith(`${dir}/`)
      ? relative(dir, problem.path)
      : problem.path.replace(/^(?:\.\/)+/, ''))
  return {
    ...problem,
    path,
    suggestions: problem.suggestions.map((suggestion) => ({
      ...suggestion,
      path: suggestion.path.replace(`${dir}/`, ''),
    })),
  }
}

/** What the compilers' own dep-info says that they have read of the package. */
export async function filesRead(
  bench: Bench,
  assembled: Assembled,
  folder = join(bench.target, 'debug'),
): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const infos = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d'))
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(infos.map(infoIn))
  const dir = await realpath(bench.dir)
  const read = new Set(
    texts
      .flatMap((text) => text.split(/[\s:]+/))
      .map((word) =>
        word
          .replace(/^.*\/cxxbridge\/crate\/[^/]+\//, '')
          .replace(`${dir}/`, '')
          .replace(`${bench.dir}/`, ''),
      ),
  )
  const found = [...assembled.files.keys()].filter((path) => read.has(path))
  return new Set([...found, 'Cargo.toml'])
}

/** A compiler's own is short; what is not is none. */
const INFO_BYTES = 4 * 1024 * 1024

async function infoIn(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found === null || found.size > INFO_BYTES ? '' : readFile(path, 'utf8').catch(() => '')
}

/** Whether a package has tests or examples, which `cargo build` alone does not build. */
export function wantsTests({ files }: Assembled): boolean {
  return [...files].some(
    ([path, lines]) =>
      /^(?:tests|examples)\//.test(path) ||
      lines.some(({ text }) => /#\[(?:cfg\(test\)|(?:\w+::)*test\b)/.test(text)),
  )
}
