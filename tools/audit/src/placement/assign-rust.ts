import {
  builds,
  hasMain,
  identifiers,
  imported,
  includes,
  isBridge,
  isBuildScript,
  modules,
  names,
  qualified,
} from '../snippet/facts.ts'
import { nearest } from '../snippet/nearest.ts'
import { stemOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** The names by which code calls packages. */
const cratesOf = (packages: ReadonlySet<string>): string[] =>
  [...packages].map((name) => name.replaceAll('-', '_'))

export function usesCrate(snippet: Snippet, packages: ReadonlySet<string>): boolean {
  return cratesOf(packages).some((name) => qualified(snippet).has(name))
}

/** The file of a program: of a name of its own when the guide says how cargo starts it. */
export function programPath({ text, context }: Snippet): string {
  const said = /--(bin|example)[ =]([\w-]+)/.exec(text) ?? /--(bin|example)[ =]([\w-]+)/.exec(context.words)
  if (said === null) return 'src/main.rs'
  return said[1] === 'bin' ? `src/bin/${said[2]}.rs` : `examples/${said[2]}.rs`
}

/** Whether what belongs into the crate's root is a library: its `main` uses it by name, or there is no `main`. */
export function rootPath(
  snippet: Snippet,
  snippets: readonly Snippet[],
  packages: ReadonlySet<string>,
): string {
  if (hasMain(snippet)) return 'src/main.rs'
  const mains = snippets.filter(
    (other) =>
      other.language === 'rust' &&
      hasMain(other) &&
      !isBuildScript(other) &&
      (other.path ?? 'src/main.rs') === 'src/main.rs',
  )
  const main = nearest(snippet, mains)
  if (main === null || usesCrate(main, packages)) return 'src/lib.rs'
  return snippets.some(({ path }) => path === 'src/lib.rs') ? 'src/lib.rs' : 'src/main.rs'
}

export function bridgePath(
  snippet: Snippet,
  snippets: readonly Snippet[],
  script: Snippet | null,
  packages: ReadonlySet<string>,
): string {
  // What C++ of the same section includes is made of this bridge.
  const beside = snippets.filter(({ sections }) => sections.at(-1) === snippet.sections.at(-1))
  const made = beside.flatMap(includes).flatMap((path) => /(src\/\w+\.rs)\.h$/.exec(path)?.[1] ?? [])
  if (made.length > 0 && !hasMain(snippet)) return made[0]!
  const { bridges } = script === null ? { bridges: [] } : builds(script)
  const namespace = /namespace\s*=\s*"([\w:]+)"/.exec(snippet.text)?.[1]
  const named = bridges.find((path) => namespace !== undefined && stemOf(path) === namespace)
  if (named !== undefined) return named
  const free = bridges.filter((path) => !snippets.some((other) => other.path === path && isBridge(other)))
  if (bridges.length === 1) return bridges[0]!
  if (free.length > 0) return free[0]!
  const included = snippets.flatMap(includes).flatMap((path) => /(src\/\w+\.rs)\.h$/.exec(path)?.[1] ?? [])
  const root = rootPath(snippet, snippets, packages)
  return included.length > 0 && !included.includes(root) ? included[0]! : root
}

/** By a name that is taken from a module of the page, the modules that it is taken from. */
export type Takers = ReadonlyMap<string, ReadonlySet<string>>

export function takersOf(snippets: readonly Snippet[]): Takers {
  const found = new Map<string, Set<string>>()
  const names = new Set(snippets.flatMap(modules))
  for (const snippet of snippets.filter(({ language }) => language === 'rust'))
    for (const [name, words] of qualified(snippet))
      if (names.has(name)) for (const word of words) found.set(word, (found.get(word) ?? new Set()).add(name))
  return found
}

/**
 * The file of a module of which other code uses what this snippet defines. Of several that may be meant, the one that
 * the snippet's own section speaks of.
 */
export function modulePath(snippet: Snippet, snippets: readonly Snippet[], takers: Takers): string | null {
  const wanted = new Set<string>()
  for (const word of names(snippet))
    for (const name of takers.get(word) ?? []) {
      // What the file has already, this snippet does not give to it.
      const has = snippets.some((other) => other.path === `src/${name}.rs` && names(other).has(word))
      if (!has) wanted.add(`src/${name}.rs`)
    }
  const paths = snippets
    .flatMap(modules)
    .map((name) => `src/${name}.rs`)
    .filter((path) => wanted.has(path))
  const begun = snippets.filter(({ path }) => path !== null && wanted.has(path))
  return nearest(snippet, begun)?.path ?? paths[0] ?? null
}

/** Whether a snippet takes from the package's library by its name, and so is no part of it. */
function isOutside(snippet: Snippet, snippets: readonly Snippet[], packages: ReadonlySet<string>): boolean {
  return cratesOf(packages).some(
    (name) => imported(snippet).has(name) && !snippets.some((other) => modules(other).includes(name)),
  )
}

/** Whether a program takes what a snippet defines by the package's name, so that it is in the library. */
function isTakenByName(
  snippet: Snippet,
  snippets: readonly Snippet[],
  packages: ReadonlySet<string>,
): boolean {
  const crates = cratesOf(packages)
  const isTaken = (words: ReadonlySet<string> | undefined) =>
    words !== undefined && (words.size === 0 || !words.isDisjointFrom(names(snippet)))
  return snippets.some(
    (other) => hasMain(other) && crates.some((name) => isTaken(qualified(other).get(name))),
  )
}

/** The file whose names a snippet uses or is used by, of equals the one shown last before it. */
export function followed(
  snippet: Snippet,
  at: number,
  snippets: readonly Snippet[],
  packages: ReadonlySet<string>,
): string {
  const used = identifiers(snippet)
  const own = names(snippet)
  const outside = isOutside(snippet, snippets, packages)
  const ofLibrary = !outside && isTakenByName(snippet, snippets, packages)
  // Programs of their own stand in one block, and what is refused is in no file of the others.
  const files = snippets.filter(
    ({ language, path, expectation }) =>
      language === 'rust' &&
      expectation !== 'must fail' &&
      path !== null &&
      path !== 'build.rs' &&
      !/^(?:tests|examples|src\/bin)\//.test(path) &&
      (!outside || path === 'src/main.rs') &&
      !(ofLibrary && path === 'src/main.rs'),
  )
  const usable = new Set(files)
  const before = snippets.slice(0, at).findLast((other) => usable.has(other))
  let best: { path: string; score: number } | null = null
  for (const [path, group] of Map.groupBy(files, (other) => other.path!)) {
    const score = group.reduce(
      (sum, other) => {
        const same = other.sections.at(-1) === snippet.sections.at(-1)
        const close = same ? 3 : other.sections[1] === snippet.sections[1] ? 1 : 0.5
        const uses = [...names(other)].filter((name) => used.has(name) && name !== 'main').length
        const usedBy = [...own].filter((name) => name !== 'main' && identifiers(other).has(name)).length
        return sum + close * (uses + usedBy)
      },
      path === before?.path && !outside ? 0.4 : 0,
    )
    if (best === null || score > best.score) best = { path, score }
  }
  if (best !== null && best.score > 0) return best.path
  return outside ? `tests/guide_${snippet.number}.rs` : rootPath(snippet, snippets, packages)
}
