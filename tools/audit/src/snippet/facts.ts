import { BOUNDS } from '../document/bounds.ts'
import type { Outline } from './language/outline.ts'
import { baseOf, languageOf, pathsIn } from './path.ts'
import type { Snippet } from './snippet.ts'

/** What snippets say of files: each is read from the text where its code is, so that a comment says nothing. */

/** What is found in a snippet once is kept with its outline, which it shares with its copies in other files. */
export function once<T>(find: (snippet: Snippet) => T): (snippet: Snippet) => T {
  const known = new WeakMap<Outline, { found: T }>()
  return (snippet) => {
    const before = known.get(snippet.outline)
    if (before !== undefined) return before.found
    const found = find(snippet)
    known.set(snippet.outline, { found })
    return found
  }
}

const quoted = (snippet: Snippet, call: RegExp): string[] =>
  [...snippet.outline.code.matchAll(call)].map(({ index, 0: found }) => {
    const start = index + found.length
    const end = snippet.text.indexOf('"', start)
    return snippet.text.slice(start, end < 0 ? start : Math.min(end, start + BOUNDS.lineCharacters))
  })

/** As many files as a snippet of a guide can be about, each once. */
const few = (paths: readonly string[]): string[] => [...new Set(paths)].slice(0, BOUNDS.named)

/** The package that a manifest is of. */
export const packageName = once(({ elided, text }): string | null =>
  elided ? null : (/^[ \t]*\[package\][^[]*?^[ \t]*name[ \t]*=[ \t]*"([^"\n]+)"/m.exec(text)?.[1] ?? null),
)

export const isPackage = once(
  ({ language, elided, outline }): boolean =>
    language === 'toml' && !elided && /^[ \t]*\[package\]/m.test(outline.code),
)

export const isBridge = once(
  ({ language, outline }): boolean => language === 'rust' && /#\s*!?\[\s*cxx::bridge\b/.test(outline.code),
)

export const isBuildScript = once(
  (snippet): boolean =>
    snippet.language === 'rust' &&
    /\b(?:cxx_build|cc)::/.test(snippet.outline.code) &&
    defines(snippet, 'fn main'),
)

export const defines = ({ outline }: Snippet, what: string): boolean =>
  outline.segments.some((segment) => segment.defines === what)

/** How far before a string the call that it is given to is looked for. */
const NEAR = 200

/** The Rust files that a build script gives to cxx_build, and the C++ files that it compiles. */
export const builds = once((snippet): { bridges: string[]; sources: string[]; includes: string[] } => {
  const strings = [...snippet.text.matchAll(/"([^"\n]*)"/g)]
    .filter(({ index }) => snippet.outline.code[index] === '"')
    .map(({ 1: value, index }) => ({
      value: value!,
      before: snippet.outline.code.slice(Math.max(0, index - NEAR), index),
    }))
  // A path that is only printed is what cargo watches.
  const files = strings.filter(
    ({ value, before }) => languageOf(value) !== null && !/print(?:ln)?!\s*\(\s*$/.test(before),
  )
  const bases = new Set(files.filter(({ value }) => value.includes('/')).map(({ value }) => baseOf(value)))
  const whole = files.filter(({ value }) => value.includes('/') || !bases.has(value))
  const includes = quoted(snippet, /\.include\(\s*"/g)
  // Paths that are put together of a list of names.
  const composed = strings.some(({ value }) => /^\w+\/\{\w*\}/.test(value))
  const listed = composed
    ? strings.filter(({ value }) => /^[a-z]\w+$/.test(value)).map(({ value }) => value)
    : []
  const names = listed.filter((name) => languageOf(`.${name}`) === null)
  return {
    bridges: few([
      ...whole.filter(({ value }) => value.endsWith('.rs')).map(({ value }) => value),
      ...names.map((name) => `src/${name}.rs`),
    ]),
    sources: few([
      ...whole
        .filter(({ value }) => languageOf(value) === 'cpp' && !/\.h\w*$/.test(value))
        .map(({ value }) => value),
      ...names.map((name) => `src/${name}.cc`),
    ]),
    includes,
  }
})

/** The headers that a bridge includes, and the files that C++ includes between quotes. */
export const includes = once((snippet): string[] =>
  few(
    snippet.language === 'cpp'
      ? [...snippet.text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm)].map(([, path]) => path!)
      : quoted(snippet, /\binclude!\s*\(\s*"/g),
  ),
)

/** The modules that a Rust file expects in files of their own. */
export const modules = once(({ language, outline }): string[] => {
  const inFiles = outline.segments.filter(({ defines, open }) => open < 0 && defines?.startsWith('mod '))
  return language === 'rust' ? few(inFiles.map(({ defines }) => defines!.slice('mod '.length))) : []
})

/** The names that a snippet defines at its outermost level, and within its bridge. */
export const names = once((snippet): ReadonlySet<string> => {
  const found = snippet.outline.segments.flatMap(({ defines }) => {
    const name = /(\w+)(?: ?<.*>)?$/.exec((defines ?? '').split('(', 1)[0]!)?.[1]
    return name === undefined ? [] : [name]
  })
  const bridged = isBridge(snippet)
    ? [...snippet.outline.code.matchAll(/\b(?:struct|enum|type|fn)\s+(\w+)/g)].map(([, name]) => name!)
    : []
  // A macro that makes the type that it is said to be for.
  const made = [
    ...snippet.outline.code.matchAll(
      /#\s*\[\s*cxx_async::bridge\b[^\]]*\]\s*unsafe\s+impl\s+\w+\s+for\s+(\w+)/g,
    ),
  ].map(([, name]) => name!)
  return new Set([...found, ...bridged, ...made])
})

/** The items that can stand in a file but once. */
export const definitions = once(
  (snippet): ReadonlySet<string> =>
    new Set(
      snippet.outline.segments.flatMap(({ defines }) =>
        defines === null || defines === 'mod tests' ? [] : [defines],
      ),
    ),
)

const VARIABLE =
  /^(?!using\b|typedef\b|extern\b|friend\b|namespace\b|template\b|goto\b|#)(?:[\w:]+\s+){0,4}[\w:]+(?:\s*<[^;{}()]{0,300}>)?[\s*&]+(\w+)\s*(?:=(?!=)|\{|\[|$)/

/** The variables of a snippet of C++ that is no statements of a function: each can be there once. */
export const variables = once((snippet): ReadonlySet<string> => {
  const { segments, code } = snippet.outline
  if (snippet.language !== 'cpp' || segments.some(({ kind }) => kind === 'statement')) return new Set()
  const unnamed = segments.filter(({ defines }) => defines === null)
  return new Set(unnamed.flatMap(({ start, end }) => variableIn(code.slice(start, end)) ?? []))
})

/** The variable that a text of C++ declares. */
export const variableIn = (text: string): string | undefined =>
  VARIABLE.exec(text.slice(0, 1_000).replace(/;\s*$/, '').trim())?.[1]

export const identifiers = once(
  ({ outline }): ReadonlySet<string> => new Set(outline.code.match(/[A-Za-z_]\w*/g) ?? []),
)

export const isHeaderLike = once(
  ({ language, outline }): boolean =>
    language === 'cpp' &&
    /^[ \t]*#[ \t]*(?:pragma[ \t]+once|ifndef[ \t]+(\w+)[ \t]*\n\s*#[ \t]*define[ \t]+\1)/m.test(
      outline.code,
    ),
)

export const hasMain = once((snippet): boolean =>
  snippet.language === 'rust' ? defines(snippet, 'fn main') : /\bint\s+main\s*\(/.test(snippet.outline.code),
)

/** The names before `::`, each with those after it: `io` with `Read` and `Write` for `io::{Read, Write}`. */
export const qualified = once((snippet): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const [, name, list] of snippet.outline.code.matchAll(/\b(\w+)(?=::(\{[^{}]*|\w+)?)/g)) {
    const known = found.get(name!) ?? new Set()
    for (const word of list?.match(/\w+/g) ?? []) known.add(word)
    found.set(name!, known)
  }
  return found
})

/** The crates and modules that a snippet imports from. */
export const imported = once(
  (snippet): ReadonlySet<string> =>
    new Set([...snippet.outline.code.matchAll(/^use (?:::)?(\w+)::/gm)].map(([, name]) => name!)),
)

/** Whether a snippet of C++ speaks of what cxx makes. */
export const knowsRust = once((snippet): boolean => /rust\/cxx\.h|\.rs\.h|\brust::/.test(snippet.text))

/** The C++ files that a CMakeLists.txt names. */
export const cmakeSources = once((snippet): string[] =>
  snippet.language === 'cmake'
    ? few(pathsIn(snippet.text).filter((path) => /\.(?:cc|cpp|cxx)$/.test(path)))
    : [],
)
