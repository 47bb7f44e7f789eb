import { BOUNDS } from './bounds.ts'

/**
 * The file of a reader's package that an included file is, in a list of none or one: its path from `src` or the like on,
 * else its name. A Rust file of which no folder says where it belongs may belong anywhere.
 */
export function namesOf(target: string): string[] {
  const parts = target.slice(0, BOUNDS.lineCharacters).split('/')
  const from = parts.findLastIndex((part, at) => at < parts.length - 1 && FOLDERS.includes(part))
  if (from >= 0) return [parts.slice(from).join('/')]
  const name = parts.at(-1)!
  return name.endsWith('.rs') && name !== 'build.rs' ? [] : [name]
}

const FOLDERS = ['src', 'include', 'tests', 'examples', 'benches']

const LANGUAGES: Readonly<Record<string, string>> = {
  rs: 'rust',
  ...{ h: 'cpp', hh: 'cpp', hpp: 'cpp', hxx: 'cpp', cc: 'cpp', cpp: 'cpp', cxx: 'cpp', c: 'c' },
}

/** The language that the name of a file says. */
export function languageOf(path: string): string {
  if (path.endsWith('CMakeLists.txt')) return 'cmake'
  const ending = /\.(\w+)$/.exec(path)?.[1] ?? ''
  return Object.hasOwn(LANGUAGES, ending) ? LANGUAGES[ending]! : ending
}
