import { type Language, skeleton } from './skeleton.ts'

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

/** What one language says at the beginning of a line, and the other never does. */
const ONLY = {
  cpp: /^[ \t]*#[ \t]*(?:include[ \t]*[<"]|pragma\b|ifn?def\b|define\b)|^[ \t]*(?:inline[ \t]+)?namespace\b[^;{(]{0,200}\{|^[ \t]*template[ \t]*</m,
  rust: /^[ \t]*#!?\[(?!\[)|^[ \t]*(?:pub(?:\(\w+\))?[ \t]+)?(?:(?:async|unsafe|const)[ \t]+)*fn[ \t]+\w+[ \t]*[<(]|^[ \t]*(?:pub[ \t]+)?use[ \t]+\w+::|^[ \t]*let[ \t]+mut\b|^[ \t]*impl\b[^;(]{0,500}\{/m,
}

/** The language that a block is in, when that is plainly another than its fence says. */
export function spoken(text: string, said: Language): Language {
  if (said !== 'rust' && said !== 'cpp') return said
  const other = said === 'rust' ? 'cpp' : 'rust'
  const speaks = (language: 'rust' | 'cpp') => ONLY[language].test(skeleton(text, language))
  return speaks(other) && !speaks(said) ? other : said
}
