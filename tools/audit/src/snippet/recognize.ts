import type { Block } from '../document/block.ts'
import { type Language, skeleton } from './language/skeleton.ts'
import { languageOf, pathsIn } from './path.ts'

/** What a block is, by its text where its fence says nothing or something else. */

/** A prompt with a command is where a console session begins, whatever its fence says. */
export const isSession = (text: string): boolean =>
  /^\s*(?:\[[^\]\n]*\]\s*)?(?:[\w.-]+@[\w.-]+[^\n$#]{0,80})?\$ +[a-zA-Z./~]/.test(text)

/** What a compiler says is no code, whatever its fence says. */
export const isCompilerOutput = (text: string): boolean =>
  /^\s*(?:[\w./-]+:\d+(?::\d+)?: )?(?:fatal )?(?:error|warning)(?:\[E\d{4}\])?: \S/.test(text)

/** What no stable compiler of Rust and no compiler of C++ builds that is given one file after another. */
export function reasonUntried(text: string, language: Language): string | null {
  const code = skeleton(text, language)
  const feature = language === 'rust' ? /^[ \t]*#!\[feature\(([\w, ]+)\)\]/m.exec(code)?.[1] : undefined
  if (feature !== undefined) return `it needs a nightly compiler, for \`#![feature(${feature})]\``
  const isModule =
    language === 'cpp' &&
    /^[ \t]*(?:export[ \t]+)?(?:module[ \t]+[\w.:]+|module|import[ \t]+[\w.:]+)[ \t]*;/m.test(code)
  if (isModule) return 'it needs modules of C++20, and a build system that knows them'
  if (language === 'cmake' && /\bFILE_SET\s+\w*\s*(?:TYPE\s+)?CXX_MODULES\b|\bCXX_MODULES\b/.test(code))
    return 'it needs modules of C++20, and CMake 3.28'
  return null
}

/** Code in a block that names no language. */
export function guess(text: string, block: Block): Language | null {
  if (/^[ \t]*[$%] \w|^error(?:\[\w+\])?: |^[ \t]*(?:Compiling|Finished|Running) /m.test(text)) return null
  const named = languageOf(pathsIn(block.attributes.join(' '))[0] ?? '')
  if (named !== null) return named
  // The file of another language that the words lead to.
  const said = /`[\w./-]*\w\.([a-z]\w{0,9})`[^\n`]{0,40}:?\s*$/.exec(block.before)?.[1]
  if (said !== undefined && languageOf(`a.${said}`) === null) return null
  if (OTHER_LANGUAGE.test(text)) return null
  if (
    /^[ \t]*#include\s*[<"]|^[ \t]*namespace \w+ \{|\bstd::\w+<|^[ \t]*int main\s*\([^)\n]*\)\s*\{/m.test(
      text,
    )
  )
    return 'cpp'
  if (RUST_FUNCTION.test(text) || /^[ \t]*use (?:\w+::)+|^[ \t]*#!?\[\w+/m.test(text)) return 'rust'
  const isIgnored = block.attributes.some((word) => word.startsWith('ignore'))
  if (isIgnored && RUST_LINE.test(text) && !CARETS.test(text)) return 'rust'
  return /^\[(?:package|dependencies|build-dependencies)\]$/m.test(text) ? 'toml' : null
}

/** A function of Rust in one line: what it returns stands behind an arrow. */
const RUST_FUNCTION =
  /^[ \t]*(?:pub(?:\(\w+\))? )?(?:(?:async|const|unsafe) )*fn \w+[<(].*\)\s*(?:->[^{;\n]+)?(?:where\b.*)?[{;](?:.*[{;}])?[ \t]*$/m

/** A line that begins as one of Rust does, and ends as one does. */
const RUST_LINE =
  /^[ \t]*(?:(?:pub(?:\(\w+\))? )?(?:struct|enum|trait|impl|mod|fn|async fn|unsafe fn|type|const|static)\b|let |if let |match |while let ).*[;{}(,]$|\.await\b|^[ \t]*\w+!\(.*\);$/m
/** Where a compiler points at what it quotes. */
const CARETS = /^[ \t|]*(?:\^+|-{2,})(?: |$)/m

/** What begins a declaration in languages of interfaces, schemas and scripts, and never one of Rust or C++. */
const OTHER_LANGUAGE =
  /^[ \t]*(?:interface|service|message|rpc|dictionary|module)[ \t]+\w+[^;(\n]*\{|^[ \t]*type[ \t]+[\w:]+[ \t]*\{|^[ \t]*(?:def|fun|func|function|sub)[ \t]+\w[^;]*$|^[ \t]*from[ \t]+\S+[ \t]+import\b|^[ \t]*syntax[ \t]*=/m

/** What only C++ says. Its keywords are names in C: `int class = 3;`. */
const ONLY_CXX =
  /^[ \t]*(?:enum[ \t]+)?class[ \t]+\w+|\bnamespace\b[^;=]{0,200}\{|\btemplate\s*<|\btypename\s+\w|\b(?:public|private|protected)\s*:|\bconstexpr\s+\w|\bco_(?:await|return|yield)\s+\w|\b(?:static|const|reinterpret|dynamic)_cast\s*<|\busing\s+(?:\w+\s*=|\w+::|namespace\b)|::|^[ \t]*#[ \t]*include[ \t]*<\w+>|&&?\s*\w+\s*[,)]\s*[{;]/m

/** Whether a block is C: its fence or its file says so, and nothing in it is C++. */
export const speaksC = (fence: string, path: string, text: string): boolean =>
  (fence === 'c' || path.endsWith('.c')) && !ONLY_CXX.test(skeleton(text, 'cpp'))
