import type { Language } from './skeleton.ts'

const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    rust: 'rust',
    rs: 'rust',
    cpp: 'cpp',
    'c++': 'cpp',
    cxx: 'cpp',
    cc: 'cpp',
    hpp: 'cpp',
    h: 'cpp',
    hh: 'cpp',
    c: 'cpp',
    toml: 'toml',
    cmake: 'cmake',
  }),
)

/** The language that an info string names, where it is one that is tried. */
export const languageNamed = (word: string): Language | undefined => LANGUAGES.get(word)
