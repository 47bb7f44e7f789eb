import type { Language } from './language/skeleton.ts'

const NAME = String.raw`[\w.-]*[\w]\.(?:rs|toml|cc|cpp|cxx|c|hpp|hh|hxx|h)|CMakeLists\.txt`
/** A path with forward slashes, as guides write them: `src/main.rs`, `./build.rs`, `my-crate/include/a.h`. */
const PATH = new RegExp(
  String.raw`(?<![\w/:.-])((?:\.{0,2}\/)?(?:[\w.-]+\/)*(?:${NAME}))(?![\w/(]|\.\w)`,
  'g',
)

/** The files that a text names, in order. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(PATH)].map(([, path]) => tidy(path!))
}

function tidy(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/#.*$/, '')
}

/** Whether a path is within the package: neither absolute nor upwards. */
export function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..')
}

export function languageOf(path: string): Language | null {
  if (path.endsWith('.rs')) return 'rust'
  if (path.endsWith('.toml')) return 'toml'
  if (/(?:^|\/)CMakeLists\.txt$|\.cmake$/.test(path)) return 'cmake'
  return /\.(?:cc|cpp|cxx|c|hpp|hh|hxx|h)$/.test(path) ? 'cpp' : null
}

export const isHeader = (path: string): boolean => /\.(?:hpp|hh|hxx|h)$/.test(path)

/** The last part of a path, and that without its ending. */
export const baseOf = (path: string): string => path.split('/').at(-1)!
export const stemOf = (path: string): string => baseOf(path).replace(/(?:\.rs)?\.\w+$/, '')

/** Where a file stands in a package when a guide gives its name alone. */
export function usualPlace(path: string): string {
  if (
    path.includes('/') ||
    path === 'build.rs' ||
    languageOf(path) === 'toml' ||
    languageOf(path) === 'cmake'
  )
    return path
  return isHeader(path) ? `include/${path}` : `src/${path}`
}

/** The arguments that make a compiler of C++ read a file as the language it is in; `standard` is of C++. */
export const readAs = (path: string, isC: boolean, standard: string): string[] =>
  isC || path.endsWith('.c')
    ? ['-std=gnu17', '-Werror=implicit-function-declaration', '-x', 'c', path, '-x', 'none']
    : [`-std=${standard}`, '-x', 'c++', path, '-x', 'none']
