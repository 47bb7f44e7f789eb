import {
  builds,
  cmakeSources,
  identifiers,
  includes,
  isBridge,
  isPackage,
  knowsRust,
  modules,
  names,
  packageName,
  qualified,
} from '../snippet/facts.ts'
import { baseOf, isHeader } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { begins } from './assign-cxx.ts'

/** Names that any two snippets share without one of them meaning the other. */
const COMMON = new Set([
  'main',
  'new',
  'tests',
  'test',
  'ffi',
  'self',
  'Self',
  'std',
  'T',
  'F',
  'E',
  'Error',
  'Result',
])

/** By snippet, the others of a snapshot that it does not build without: of which it uses names, files or modules. */
export type Needs = ReadonlyMap<Snippet, ReadonlySet<Snippet>>

/** What each snippet of a snapshot needs of the others, by what it says. */
export function needsAmong(snippets: readonly Snippet[]): Needs {
  const defining = new Map<string, Snippet[]>()
  const enter = (name: string, snippet: Snippet) =>
    defining.set(name, [...(defining.get(name) ?? []), snippet])
  for (const snippet of snippets)
    for (const name of [...names(snippet), ...importedNames(snippet)]) enter(name, snippet)
  const packages = new Set(snippets.flatMap((snippet) => packageName(snippet)?.replaceAll('-', '_') ?? []))
  const found = new Map<Snippet, Set<Snippet>>()
  for (const snippet of snippets) {
    const needed = new Set<Snippet>()
    const imported = new Set(importedNames(snippet))
    for (const word of identifiers(snippet))
      if (!COMMON.has(word) && !imported.has(word))
        // No excerpt is meant before it is shown.
        for (const other of defining.get(word) ?? [])
          if (!other.elided || other.number < snippet.number) needed.add(other)
    for (const other of snippets) if (needsFile(snippet, other, packages)) needed.add(other)
    needed.delete(snippet)
    found.set(snippet, needed)
  }
  return found
}

/** What a `use` of a file brings in for the blocks that go on with it. */
function importedNames({ outline, language }: Snippet): string[] {
  if (language !== 'rust') return []
  return outline.segments.flatMap(({ start, end }) => {
    const text = outline.code.slice(start, Math.min(end, start + 2_000))
    return /^(?:pub\s+)?use\s/.test(text)
      ? [...text.matchAll(/(\w+)\s*(?=[,;}])/g)].map(([, name]) => name!)
      : []
  })
}

function needsFile(snippet: Snippet, other: Snippet, packages: ReadonlySet<string>): boolean {
  if (snippet === other) return false
  const { path } = other
  if (path === null) return false
  // One file, as the page itself names it.
  if (snippet.path === path && snippet.named !== null && other.named !== null && path !== 'Cargo.toml')
    return other.number < snippet.number
  // Packages that are shown together build together.
  if (
    isMember(path) ||
    (snippet.path !== null &&
      isMember(snippet.path) &&
      path.startsWith(snippet.path.slice(0, -'Cargo.toml'.length)))
  )
    return true
  if (path === 'Cargo.toml')
    return (
      (snippet.language === 'rust' || knowsRust(snippet)) &&
      (other.number < snippet.number || isPackage(other) || namesCrate(snippet, other))
    )
  if (path === 'build.rs') {
    const { bridges, sources } = builds(other)
    return isBridge(snippet) || bridges.includes(snippet.path!) || sources.includes(snippet.path!)
  }
  if (snippet.path === 'build.rs') {
    const { bridges, sources } = builds(snippet)
    return bridges.includes(path) || sources.includes(path)
  }
  // A block that goes on with a file has what was included at its beginning.
  if (
    snippet.language === 'cpp' &&
    snippet.path === path &&
    other.number < snippet.number &&
    begins(other) &&
    !begins(snippet)
  )
    return true
  if (snippet.language === 'cmake') return other.language === 'cpp'
  if (other.language === 'cmake') return snippet.path !== null && cmakeSources(other).includes(snippet.path)
  const included = includes(snippet)
  if (
    included.some((file) =>
      file.endsWith('.rs.h') ? isBridge(other) && file.endsWith(`${path}.h`) : baseOf(file) === baseOf(path),
    )
  )
    return true
  if (modules(snippet).some((name) => path === `src/${name}.rs` || path === `src/${name}/mod.rs`)) return true
  if (
    path === 'src/lib.rs' &&
    [...packages].some((name) => snippet.language === 'rust' && qualified(snippet).has(name))
  )
    return true
  // A header's functions are in a file of C++ that the program is linked of.
  return (
    other.language === 'cpp' &&
    !isHeader(path) &&
    (isBridge(snippet) || snippet.language === 'cpp') &&
    includes(other).some((file) => snippet.path !== null && baseOf(file) === baseOf(snippet.path))
  )
}

const isMember = (path: string): boolean => path.endsWith('/Cargo.toml')

/** Whether a snippet of Rust uses a crate that a part of a manifest names. */
const namesCrate = (snippet: Snippet, manifest: Snippet): boolean =>
  [...manifest.text.matchAll(/^[ \t]*([\w-]+)[ \t]*=/gm)].some(([, key]) =>
    identifiers(snippet).has(key!.replaceAll('-', '_')),
  )

/** Snippets, and all that these need, and so on. */
export function closure(from: readonly Snippet[], needs: Needs): Set<Snippet> {
  const found = new Set(from)
  for (const snippet of found) for (const other of needs.get(snippet) ?? []) found.add(other)
  return found
}

/** All snippets that needs lead to from one, whichever way they point. */
export function connected(snippet: Snippet, needs: Needs): Set<Snippet> {
  const found = new Set([snippet])
  for (const one of found) {
    for (const other of needs.get(one) ?? []) if (other.path !== 'Cargo.toml') found.add(other)
    for (const [other, needed] of needs) if (needed.has(one) && one.path !== 'Cargo.toml') found.add(other)
  }
  return found
}
