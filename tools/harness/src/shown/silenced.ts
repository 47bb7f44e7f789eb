import { relative } from 'node:path'
import { type Finding, locate, withinCrate } from '@cookbook/guide'
import type { Read } from '../context/built.ts'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'
import { languageOf } from '../source/language.ts'

/** Lints that stand for many, which no reason is good for. */
const GROUPS = /^(?:warnings|unused|future_incompatible|nonstandard_style|rust_\d+_\w+|clippy::all)$/

/**
 * Where shown code, the manifest or the build keep a compiler from warning. One warning may be silenced for a reason,
 * which stands in a comment beside it or in `reason = "…"`.
 */
export function silencedWarnings(
  verification: Verification,
  read: Read,
  shown: readonly string[],
): Finding[] {
  const { pkg, dir } = verification
  const scripts = read.files.filter(({ artifact }) => artifact?.kinds.includes('custom-build'))
  const inScripts = new Set(scripts.map(({ path }) => relative(dir, path)))
  return shown.flatMap((path) => {
    const text = pkg.files.get(path)?.text.raw ?? ''
    const language = languageOf(pkg, path)
    const found = [
      ...(language === 'rust' ? inRust(text) : []),
      ...(language === 'cpp' ? inCxx(text) : []),
      ...(inScripts.has(path) || path === 'CMakeLists.txt' ? inBuild(text) : []),
      ...(withinCrate(path) === 'Cargo.toml' ? inManifest(text) : []),
    ]
    return found.map(({ index, what }) => ({
      code: 'warning-silenced' as const,
      severity: 'error' as const,
      ...locate(pkg, path, lineAt(text, index), 1),
      message: `${what} keeps a compiler from warning, expected code that it does not warn of`,
      detail: [],
      fix: 'remove it, and what it hides; a single warning can be silenced with a comment beside it that says why',
    }))
  })
}

type Silence = { index: number; what: string }

function inRust(text: string): Silence[] {
  const code = codeOf(text, 'rust')
  return [...code.matchAll(/#\s*!?\s*\[[^\]]*?\b(allow|expect)\s*\(/g)].flatMap(
    ({ index, 0: begin, 1: kind }) => {
      const open = index + begin.length - 1
      const end = closing(code, open)
      const lints = code
        .slice(open + 1, end - 1)
        .split(',')
        .map((lint) => lint.trim())
        .filter((lint) => lint !== '' && !lint.startsWith('reason'))
      const rustc = lints.filter((lint) => !lint.startsWith('clippy::') && !lint.startsWith('rustdoc::'))
      const excused = /\breason\s*=/.test(code.slice(open, end)) || hasComment(text, index)
      const bad = [...lints.filter((lint) => GROUPS.test(lint)), ...(excused ? [] : rustc)]
      return bad.length === 0 ? [] : [{ index, what: `${kind}(${bad[0]})` }]
    },
  )
}

function inCxx(text: string): Silence[] {
  const code = codeOf(text, 'cpp')
  const pragmas = [
    ...code.matchAll(
      /^[ \t]*#[ \t]*pragma[ \t]+(?:(?:GCC|clang)[ \t]+)?(system_header|diagnostic[ \t]+(?:ignored|warning))/gm,
    ),
  ].filter(
    ({ index, 1: kind }) =>
      kind === 'system_header' ||
      /"-W(?:all|extra|everything|error)"/.test(lineOf(text, index)) ||
      !hasComment(text, index),
  )
  const operators = [...code.matchAll(/\b_Pragma\b|^[ \t]*#[ \t]*(?:line[ \t]|\d)/gm)]
  return [...pragmas, ...operators].map(({ index }) => ({ index, what: lineOf(text, index).trim() }))
}

/** Flags stand in strings, so they are looked for in the text itself. */
function inBuild(text: string): Silence[] {
  const flags = [
    ...text.matchAll(
      /(?<![\w-])(?:-w(?![\w-])|-Wno-[\w=-]+|-W[\w-]+=0\b|-isystem\b|-fpermissive|--cap-lints\b)|\bwarnings\s*\(\s*false|\bcargo_warnings\s*\(\s*false|\bNO_WARN\w*/g,
    ),
  ]
  return flags
    .filter(
      ({ index, 0: flag }) =>
        !/^-Wno-(?!all|extra|error)/.test(flag) || !hasComment(text, index, HASH_COMMENT),
    )
    .map(({ index, 0: flag }) => ({ index, what: flag }))
}

function inManifest(text: string): Silence[] {
  return [...text.matchAll(/^\s*\[?\s*["']?lints\b/gm)].map(({ index, 0: found }) => ({
    index: index + found.search(/\S/),
    what: 'the table of lints',
  }))
}

const lineOf = (text: string, index: number) => text.split('\n')[lineAt(text, index) - 1]!

/** A comment that says something; what documents an item gives no reason. */
const COMMENT = /(?:(?<!\/)\/\/|\/\*)\s*\w+\s+\w+/
/** One of CMake's, which elsewhere begins a directive or an attribute. */
const HASH_COMMENT = /^\s*#\s*\w+\s+\w+/

/** Whether a comment stands on the line or on the one before it. */
function hasComment(text: string, index: number, ...more: readonly RegExp[]): boolean {
  const line = lineAt(text, index)
  return text
    .split('\n')
    .slice(Math.max(0, line - 2), line)
    .some((each) => [COMMENT, ...more].some((comment) => comment.test(each)))
}
