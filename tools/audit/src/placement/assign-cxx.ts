import { BOUNDS } from '../document/bounds.ts'
import {
  builds,
  cmakeSources,
  hasMain,
  identifiers,
  includes,
  isBridge,
  knowsRust,
  names,
} from '../snippet/facts.ts'
import { baseOf, isHeader, stemOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** Whether a snippet of C++ is how a file begins. */
export function begins(snippet: Snippet): boolean {
  return /^\s*#\s*(?:include|pragma|ifndef|define)\b/.test(snippet.outline.code)
}

/** The headers that snippets include, and that are not made for a bridge. */
export const wantedHeaders = (snippets: readonly Snippet[]): string[] =>
  [...new Set(snippets.flatMap(includes))]
    .filter((path) => isHeader(path) && !path.endsWith('.rs.h') && path !== 'rust/cxx.h')
    .slice(0, BOUNDS.headers)

/** The file of a header, by what other snippets include and none gives yet; and among how many that was chosen. */
export function headerPath(
  snippet: Snippet,
  snippets: readonly Snippet[],
  wanted: readonly string[],
  script: Snippet | null,
  packages: ReadonlySet<string>,
): { path: string; choice: number } {
  const folders = script === null ? [] : builds(script).includes
  const place = (path: string) => {
    const [first, ...rest] = path.split('/')
    const known =
      rest.length > 0 &&
      (packages.has(first!) || (packages.size === 0 && /^(?:include|src|cpp)$/.test(rest[0]!)))
    if (known) return rest.join('/')
    return rest.length > 0
      ? path
      : `${folders.find((folder) => folder !== '.' && folder !== 'src') ?? 'include'}/${path}`
  }
  const paths = [...new Set(wanted.map(place))]
  const bridged = snippets.filter(isBridge).flatMap(includes).map(baseOf)
  const own = includes(snippet).map(baseOf)
  const taken = new Set(snippets.flatMap(({ path, page }) => (page === snippet.page ? (path ?? []) : [])))
  const free = paths.filter((path) => !own.includes(baseOf(path)) && !taken.has(path))
  const path = chosen(snippet, free, 1, bridged) ?? free[0] ?? paths[0] ?? 'include/guide.h'
  return { path, choice: free.length }
}

/** The file of a snippet that begins one. */
export function sourcePath(snippet: Snippet, snippets: readonly Snippet[], script: Snippet | null): string {
  const sources = [...(script === null ? [] : builds(script).sources), ...snippets.flatMap(cmakeSources)]
  if (hasMain(snippet))
    return sources.find((path) => stemOf(path) === 'main') ?? definingFile(snippet, snippets) ?? 'src/main.cc'
  const others = snippets.filter((other) => other !== snippet && other.expectation !== 'must fail')
  const taken = new Set(others.map(({ path }) => path))
  const begun = (path: string) => taken.has(path)
  const free = [...new Set(sources)].filter((path) => !begun(path) && stemOf(path) !== 'main')
  const own = includes(snippet)
  const named = free.find((path) => own.some((header) => stemOf(header) === stemOf(path)))
  const bridge = snippets.find(
    (other) => isBridge(other) && other.sections.at(-1) === snippet.sections.at(-1),
  )
  const beside = free.find((path) => bridge?.path != null && stemOf(path) === stemOf(bridge.path))
  const found =
    beside ?? (free.length === 1 ? free[0] : undefined) ?? chosen(snippet, free, 1) ?? named ?? free[0]
  const known = found ?? definingFile(snippet, snippets)
  if (known !== undefined) return known
  const header = own.find((path) => !/\.rs\.h$|^rust\/cxx\.h$/.test(path))
  const path = `src/${header === undefined ? 'guide' : baseOf(header).replace(/\.\w+$/, '')}.cc`
  return begun(path) && begins(snippet) ? `src/shown_at_line_${snippet.lines[0]!.at.line}.cc` : path
}

/** The source, and no header, in which the page has defined what a snippet uses: no other file of C++ sees that. */
function definingFile(snippet: Snippet, snippets: readonly Snippet[]): string | undefined {
  const used = identifiers(snippet)
  const cxx = snippets.filter(
    (other) => other.language === 'cpp' && other.page === snippet.page && other.number < snippet.number,
  )
  const declared = new Set(
    cxx.flatMap((other) => (isHeader(other.path ?? '') ? [...identifiers(other)] : [])),
  )
  const defines = (other: Snippet) => [...names(other)].some((name) => used.has(name) && !declared.has(name))
  const found = cxx.findLast((other) => !isHeader(other.path ?? '') && !hasMain(other) && defines(other))
  if (found === undefined) return undefined
  const path = found.path ?? continued(found, snippets.indexOf(found), snippets)
  return path === null || isHeader(path) ? undefined : path
}

/** The file of which a heading, the words around or the code itself speak most; `null` when none of them does. */
function chosen(
  snippet: Snippet,
  paths: readonly string[],
  least: number,
  bridged: readonly string[] = [],
): string | null {
  const rust = /\brust::|"rust\/cxx\.h"/.test(snippet.text)
  const code = identifiers(snippet)
  const text = snippet.text.toLowerCase()
  const rank = (path: string) => {
    const stem = stemOf(path).toLowerCase()
    const word = new RegExp(`\\b${stem.replace(/[_-]/g, '[ _-]')}s?\\b`, 'i')
    const heading = word.test(snippet.context.heading) ? 3 : 0
    const said = snippet.context.words.includes(baseOf(path)) ? 5 : 0
    // What a bridge includes speaks of Rust's types, and what none includes seldom does.
    const kin = bridged.length === 0 ? 0 : bridged.includes(baseOf(path)) === rust ? 4 : 0
    return kin + heading + said + (code.has(stemOf(path)) ? 2 : 0) + (text.includes(stem) ? 1 : 0)
  }
  const ranked = paths.slice(0, BOUNDS.named).map((path) => ({ path, rank: rank(path) }))
  const best = ranked.reduce((one, other) => (other.rank > one.rank ? other : one), { path: '', rank: -1 })
  return best.rank >= least ? best.path : null
}

/** The file that a snippet goes on with: one that is begun before it, still open, and of its kind. */
export function continued(snippet: Snippet, at: number, snippets: readonly Snippet[]): string | null {
  const before = snippets
    .slice(0, at)
    .filter((other) => other.language === 'cpp' && other.path !== null && other.expectation !== 'must fail')
  const last = before.at(-1)
  const bodies = snippet.outline.segments.some(
    ({ kind, defines }) => kind === 'statement' || defines?.startsWith('fn '),
  )
  // Bodies, and what has no name outside, belong into no header.
  const inner = bodies || /\bnamespace\s*\{/.test(snippet.outline.code)
  const rust = /\brust::/.test(snippet.outline.code)
  let best: { path: string; score: number } | null = null
  for (const [path, group] of Map.groupBy(before, (other) => other.path!)) {
    const open = group.reduce((sum, { outline }) => sum + outline.unclosed - outline.unopened, 0)
    const types = snippet.outline.segments.some(({ defines }) => defines?.startsWith('struct '))
    const kind = isHeader(path) ? (inner ? -2 : types ? 2 : 3) : inner ? 3 : types ? 0 : -2
    const knows = group.some(knowsRust)
    const near = group.some(({ sections }) => sections.at(-1) === snippet.sections.at(-1))
    const score =
      kind +
      (open > 0 ? 3.5 : 0) +
      (open <= 0 && snippet.outline.unopened > 0 ? -3 : 0) +
      (near ? 1 : 0) +
      (last?.path === path ? 1 : 0) +
      (rust === knows ? 1 : rust ? -2 : 0)
    if (best === null || score >= best.score) best = { path, score }
  }
  return best?.path ?? null
}
