import type { PatternPackage } from '@cookbook/guide'
import type { Language } from './code-text.ts'

const CPP = /\.(?:c|cc|cpp|cxx|c\+\+|cppm|ixx|h|hh|hpp|hxx|h\+\+|inl|ipp|tcc|tpp|txx)$/i
const FENCES: Readonly<Record<string, Language>> = {
  rust: 'rust',
  rs: 'rust',
  cpp: 'cpp',
  'c++': 'cpp',
  c: 'cpp',
}

/** The language of a file, by its name, else by the chapter's fence; `null` for a file that is not code. */
export function languageOf({ chapter }: PatternPackage, path: string): Language | null {
  if (path.endsWith('.rs')) return 'rust'
  if (CPP.test(path)) return 'cpp'
  const shown = chapter.examples.find(
    ({ source, lang }) => source.path === path && Object.hasOwn(FENCES, lang),
  )
  return shown === undefined ? null : FENCES[shown.lang]!
}
