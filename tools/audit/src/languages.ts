import type { Language } from './skeleton.ts'

/** By what info strings name a language that is tried. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
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
}
