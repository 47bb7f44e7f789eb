import { BOUNDS } from '../document/bounds.ts'
import { named } from '../snippet/cmake-facts.ts'
import { builds, includes, isBridge, isPackage, modules, packageName, qualified } from '../snippet/facts.ts'
import { nearest } from '../snippet/nearest.ts'
import { baseOf, languageOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { conflict, isOfAnother, standsIn } from './conflict.ts'
import { partsOf } from './parts.ts'

type Snippets = readonly Snippet[]

/**
 * What a reader has before him at one point of the guide: snippets that go together. The guide's later versions of a
 * file make snapshots of their own, and so does each block that is said not to compile.
 */
export type Snapshot = {
  /** Those whose verdict this snapshot decides. */
  subjects: Snippets
  /** All that are in it from the start, subjects included, in the guide's order. */
  snippets: Snippets
  /** What other sections show, for what these leave out. */
  reserve: Snippets
}

/** Puts the snippets of a page together, those of each of its packages by themselves. */
export function snapshotsOf(snippets: Snippets): Snapshot[] {
  const library = snippets.filter(({ role }) => role === 'library')
  const alone = snippets.filter(({ role }) => role === 'example')
  const others = snippets.filter(({ role }) => role === undefined)
  return [
    ...partsOf(others).flatMap(snapshotsOfPackage),
    ...alone.map((snippet) => ({ subjects: [snippet], snippets: [...library, snippet], reserve: [] })),
  ]
}

function snapshotsOfPackage(snippets: Snippets): Snapshot[] {
  const plain = snippets.filter(({ expectation }) => expectation !== 'must fail')
  const snapshots: Snapshot[] = []
  let current: Snippet[] = []
  let decided = new Set<Snippet>()
  const close = () => {
    const subjects = current.filter((snippet) => !decided.has(snippet))
    if (subjects.length > 0) snapshots.push(snapshot(subjects, current, snippets))
    decided = new Set([...decided, ...current])
  }
  for (const snippet of plain) {
    const rivals = current.filter((other) => conflict(other, snippet))
    if (rivals.length > 0 && rivals.every((rival) => standsIn(snippet, rival))) {
      const beside = current.filter((other) => !rivals.includes(other))
      snapshots.push(snapshot([snippet], [...beside, snippet], snippets))
      continue
    }
    if (rivals.length > 0) {
      const begin = Math.min(...rivals.map((rival) => sectionStart(rival, snippet, plain)))
      const before = current.filter(({ number }) => number < begin)
      const since = current.filter(({ number }) => number >= begin)
      if (begin <= snippet.number && !since.some((other) => rivals.includes(other))) {
        current = before
        close()
        current = since
      } else {
        close()
        current = current.filter((other) => !rivals.includes(other))
      }
    }
    current.push(snippet)
  }
  close()
  for (const snippet of snippets)
    if (snippet.expectation === 'must fail') snapshots.push(snapshot([snippet], [snippet], plain))
  return snapshots
}

function snapshot(subjects: Snippets, snippets: Snippets, all: Snippets): Snapshot {
  const inside = [...snippets]
  const from = new Set(snippets)
  const reserve = all.filter((snippet) => !from.has(snippet) && snippet.expectation !== 'must fail')
  // What these files name and only other sections show.
  for (let round = 0; round < BOUNDS.rounds; round++) {
    const wanted = needs(inside, reserve)
    if (wanted.length === 0) break
    inside.push(...wanted)
  }
  const taken = new Set(inside)
  return {
    subjects,
    snippets: inside.toSorted((a, b) => a.number - b.number),
    reserve: reserve.filter((snippet) => !taken.has(snippet)),
  }
}

/** All snippets that give the same file as this one, of the part of the guide that it is from. */
export const together = (snippet: Snippet, among: Snippets): Snippet[] =>
  among.filter((other) => other === snippet || (other.path === snippet.path && !conflict(other, snippet)))

/** What the files that are there name, and only other sections show. */
export function needs(inside: Snippets, reserve: Snippets): Snippet[] {
  const taken = new Set(inside)
  const unused = reserve.filter((snippet) => !taken.has(snippet))
  const left = isOfAnother(inside, unused)
    ? unused.filter((snippet) => !isPackage(snippet) && snippet.path !== 'build.rs')
    : unused
  const known = placesOf(inside)
  const open = placesOf(left)
  const has = (path: string) => known.paths.has(path)
  const last = inside.at(-1)!
  const find = (wanted: (snippet: Snippet) => boolean): Snippet[] => {
    const found = nearest(last, left.filter(wanted))
    return found === null ? [] : together(found, left)
  }
  if (!inside.some(isPackage)) {
    // An include that begins with a package's name says which one is meant.
    const folders = inside.flatMap(includes).map((path) => path.split('/')[0])
    const meant = (snippet: Snippet) => isPackage(snippet) && folders.includes(packageName(snippet) ?? '')
    const found = find(left.some(meant) ? meant : isPackage)
    if (found.length > 0) return found
  }
  const asksForScript = ({ language, text }: Snippet) =>
    language === 'toml' && /^[ \t]*build[ \t]*=[ \t]*"build\.rs"/m.test(text)
  if (inside.some((snippet) => isBridge(snippet) || asksForScript(snippet)) && !has('build.rs')) {
    const found = find(({ path }) => path === 'build.rs')
    if (found.length > 0) return found
  }
  // A later version of a file that the package compiles is tried in that package.
  if (!has('build.rs')) {
    const compiled = new Set(inside.flatMap(({ language, path }) => (language === 'cpp' ? (path ?? []) : [])))
    const found = find(
      (snippet) => snippet.path === 'build.rs' && builds(snippet).sources.some((path) => compiled.has(path)),
    )
    if (found.length > 0) return found
  }
  const crate = [...inside, ...reserve]
    .flatMap((snippet) => packageName(snippet) ?? [])[0]
    ?.replaceAll('-', '_')
  const usesCrate = (snippet: Snippet) =>
    crate !== undefined && snippet.language === 'rust' && qualified(snippet).has(crate)
  if (!has('src/lib.rs') && inside.some(usesCrate)) {
    const found = find(({ path }) => path === 'src/lib.rs')
    if (found.length > 0) return found
  }
  for (const snippet of inside) {
    const script = snippet.path === 'build.rs' ? builds(snippet) : null
    const listed = snippet.language === 'cmake' ? named(snippet.text).files.slice(0, BOUNDS.named) : []
    const files = [...includes(snippet), ...(script?.sources ?? []), ...(script?.bridges ?? []), ...listed]
    for (const path of files) {
      const generated = path.endsWith('.rs.h')
      const name = generated ? path.slice(0, -2) : path
      const byBase = !generated && languageOf(name) === 'cpp'
      const ends = endsOf(name)
      const isIn = ({ paths, bases }: Places) =>
        ends.some((end) => paths.has(end)) || (byBase && bases.has(baseOf(name)))
      if (isIn(known) || !isIn(open)) continue
      const found = find(
        ({ path }) => path !== null && (ends.includes(path) || (byBase && baseOf(path) === baseOf(name))),
      )
      if (found.length > 0) return found
    }
    for (const module of modules(snippet)) {
      const paths = [`src/${module}.rs`, `src/${module}/mod.rs`]
      if (paths.some(has) || !paths.some((path) => open.paths.has(path))) continue
      const found = find(({ path }) => path !== null && paths.includes(path))
      if (found.length > 0) return found
    }
  }
  return []
}

/** The files that snippets give, and the names of these without their folders. */
type Places = { paths: ReadonlySet<string>; bases: ReadonlySet<string> }

function placesOf(snippets: Snippets): Places {
  const paths = snippets.flatMap(({ path }) => path ?? [])
  return { paths: new Set(paths), bases: new Set(paths.map(baseOf)) }
}

/** A path, and what is left of it when folders are taken away from its beginning. */
function endsOf(path: string): string[] {
  const parts = path.split('/', BOUNDS.depth)
  return parts.map((_, at) => parts.slice(at).join('/'))
}

/** The number of the first snippet of the section that holds `snippet` and not `rival`. */
function sectionStart(rival: Snippet, snippet: Snippet, snippets: Snippets): number {
  const apart = snippet.sections.findIndex((line, at) => rival.sections[at] !== line)
  if (apart < 0) return snippet.number + 1
  const section = snippet.sections[apart]
  return snippets.find((other) => other.page === snippet.page && other.sections[apart] === section)!.number
}
