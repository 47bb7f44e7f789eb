import { BOUNDS } from '../document/bounds.ts'
import type { Outline } from './outline.ts'
import { baseOf, languageOf, pathsIn } from './path.ts'
import type { Piece } from './piece.ts'

/** What pieces say of files: each is read from the text where its code is, so that a comment says nothing. */

/** What is found in a piece once is kept with its outline, which it shares with its copies in other files. */
export function once<T>(find: (piece: Piece) => T): (piece: Piece) => T {
  const known = new WeakMap<Outline, { found: T }>()
  return (piece) => {
    const before = known.get(piece.outline)
    if (before !== undefined) return before.found
    const found = find(piece)
    known.set(piece.outline, { found })
    return found
  }
}

const quoted = (piece: Piece, call: RegExp): string[] =>
  [...piece.outline.code.matchAll(call)].map(({ index, 0: found }) => {
    const start = index + found.length
    const end = piece.text.indexOf('"', start)
    return piece.text.slice(start, end < 0 ? start : Math.min(end, start + BOUNDS.lineCharacters))
  })

/** As many files as a piece of a guide can be about, each once. */
const few = (paths: readonly string[]): string[] => [...new Set(paths)].slice(0, BOUNDS.named)

/** The package that a manifest is of. */
export const packageName = once((piece): string | null =>
  piece.elided
    ? null
    : (/^[ \t]*\[package\][^[]*?^[ \t]*name[ \t]*=[ \t]*"([^"\n]+)"/m.exec(piece.text)?.[1] ?? null),
)

export const isPackage = once(
  (piece): boolean =>
    piece.language === 'toml' && !piece.elided && /^[ \t]*\[package\]/m.test(piece.outline.code),
)

export const isBridge = once(
  (piece): boolean => piece.language === 'rust' && /#\s*!?\[\s*cxx::bridge\b/.test(piece.outline.code),
)

export const isBuildScript = once(
  (piece): boolean =>
    piece.language === 'rust' && /\b(?:cxx_build|cc)::/.test(piece.outline.code) && defines(piece, 'fn main'),
)

export const defines = (piece: Piece, what: string): boolean =>
  piece.outline.segments.some((segment) => segment.defines === what)

/** How far before a string the call that it is given to is looked for. */
const NEAR = 200

/** The Rust files that a build script gives to cxx_build, and the C++ files that it compiles. */
export const builds = once((piece): { bridges: string[]; sources: string[]; includes: string[] } => {
  const strings = [...piece.text.matchAll(/"([^"\n]*)"/g)]
    .filter(({ index }) => piece.outline.code[index] === '"')
    .map(({ 1: value, index }) => ({
      value: value!,
      before: piece.outline.code.slice(Math.max(0, index - NEAR), index),
    }))
  // A path that is only printed is what cargo watches.
  const files = strings.filter(
    ({ value, before }) => languageOf(value) !== null && !/print(?:ln)?!\s*\(\s*$/.test(before),
  )
  const bases = new Set(files.filter(({ value }) => value.includes('/')).map(({ value }) => baseOf(value)))
  const whole = files.filter(({ value }) => value.includes('/') || !bases.has(value))
  const includes = quoted(piece, /\.include\(\s*"/g)
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
export const includes = once((piece): string[] =>
  few(
    piece.language === 'cpp'
      ? [...piece.text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm)].map(([, path]) => path!)
      : quoted(piece, /\binclude!\s*\(\s*"/g),
  ),
)

/** The modules that a Rust file expects in files of their own. */
export const modules = once((piece): string[] => {
  if (piece.language !== 'rust') return []
  return few(
    piece.outline.segments.flatMap(({ defines, open }) =>
      open < 0 && defines?.startsWith('mod ') ? [defines.slice(4)] : [],
    ),
  )
})

/** The names that a piece defines at its outermost level, and within its bridge. */
export const names = once((piece): ReadonlySet<string> => {
  const found = piece.outline.segments.flatMap(({ defines }) => {
    const name = /(\w+)$/.exec((defines ?? '').split('(', 1)[0]!)?.[1]
    return name === undefined ? [] : [name]
  })
  const bridged = isBridge(piece)
    ? [...piece.outline.code.matchAll(/\b(?:struct|enum|type|fn)\s+(\w+)/g)].map(([, name]) => name!)
    : []
  // A macro that makes the type that it is said to be for.
  const made = [
    ...piece.outline.code.matchAll(
      /#\s*\[\s*cxx_async::bridge\b[^\]]*\]\s*unsafe\s+impl\s+\w+\s+for\s+(\w+)/g,
    ),
  ].map(([, name]) => name!)
  return new Set([...found, ...bridged, ...made])
})

/** The items that can stand in a file but once. */
export const definitions = once(
  (piece): ReadonlySet<string> =>
    new Set(
      piece.outline.segments.flatMap(({ defines }) =>
        defines === null || defines === 'mod tests' ? [] : [defines],
      ),
    ),
)

const VARIABLE =
  /^(?!using\b|typedef\b|extern\b|friend\b|namespace\b|template\b|goto\b|#)(?:[\w:]+\s+){0,4}[\w:]+(?:\s*<[^;{}()]{0,300}>)?[\s*&]+(\w+)\s*(?:=(?!=)|\{|\[|$)/

/** The variables of a piece of C++ that is no statements of a function: each can be there once. */
export const variables = once((piece): ReadonlySet<string> => {
  const { segments, code } = piece.outline
  if (piece.language !== 'cpp' || segments.some(({ kind }) => kind === 'statement')) return new Set()
  const unnamed = segments.filter(({ defines }) => defines === null)
  return new Set(
    unnamed.flatMap(
      ({ start, end }) =>
        VARIABLE.exec(
          code
            .slice(start, Math.min(end, start + 1_000))
            .replace(/;\s*$/, '')
            .trim(),
        )?.[1] ?? [],
    ),
  )
})

export const words = once(
  (piece): ReadonlySet<string> => new Set(piece.outline.code.match(/[A-Za-z_]\w*/g) ?? []),
)

export const isHeaderLike = once(
  (piece): boolean =>
    piece.language === 'cpp' &&
    (/^[ \t]*#[ \t]*pragma[ \t]+once/m.test(piece.outline.code) ||
      /^[ \t]*#[ \t]*ifndef[ \t]+(\w+)[ \t]*\n\s*#[ \t]*define[ \t]+\1/m.test(piece.outline.code)),
)

export const hasMain = once((piece): boolean =>
  piece.language === 'rust' ? defines(piece, 'fn main') : /\bint\s+main\s*\(/.test(piece.outline.code),
)

/** The names before `::`, each with those after it: `io` with `Read` and `Write` for `io::{Read, Write}`. */
export const qualified = once((piece): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const [, name, list] of piece.outline.code.matchAll(/\b(\w+)(?=::(\{[^{}]*|\w+)?)/g)) {
    const known = found.get(name!) ?? new Set()
    for (const word of list?.match(/\w+/g) ?? []) known.add(word)
    found.set(name!, known)
  }
  return found
})

/** The crates and modules that a piece imports from. */
export const imported = once(
  (piece): ReadonlySet<string> =>
    new Set([...piece.outline.code.matchAll(/^use (?:::)?(\w+)::/gm)].map(([, name]) => name!)),
)

/** Whether a piece of C++ speaks of what cxx makes. */
export const knowsRust = once((piece): boolean => /rust\/cxx\.h|\.rs\.h|\brust::/.test(piece.text))

/** The C++ files that CMake is told of. */
export const cmakeSources = once((piece): string[] =>
  piece.language === 'cmake' ? few(pathsIn(piece.text).filter((path) => /\.(?:cc|cpp|cxx)$/.test(path))) : [],
)
