import { type Finding, locate, withinCrate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'

/** Lints that stand for many, which no reason is good for. */
const GROUPS = /^(?:warnings|unused|future_incompatible|nonstandard_style|rust_\d+_\w+|clippy::all)$/

/**
 * Where shown code, the manifest or the build keep a compiler from warning. One warning may be silenced for a reason,
 * which stands in a comment beside it or in `reason = "…"`.
 */
export function silencedWarnings({ pkg }: Verification, shown: readonly string[]): Finding[] {
  return shown.flatMap((path) => {
    const text = pkg.files.get(path)?.text.raw ?? ''
    const own = withinCrate(path)
    const found = path.endsWith('.rs')
      ? [...inRust(text), ...(own === 'build.rs' ? inBuild(text) : [])]
      : /\.(?:cc|cpp|cxx|h|hh|hpp)$/.test(path)
        ? inCxx(text)
        : own === 'Cargo.toml'
          ? inManifest(text)
          : path === 'CMakeLists.txt'
            ? inBuild(text)
            : []
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
      /(?<![\w-])(?:-w(?![\w-])|-Wno-[\w=-]+|-isystem\b|-fpermissive|--cap-lints\b)|\bwarnings\s*\(\s*false|\bcargo_warnings\s*\(\s*false|\bNO_WARN\w*/g,
    ),
  ]
  return flags
    .filter(({ index, 0: flag }) => !/^-Wno-(?!all|extra|error)/.test(flag) || !hasComment(text, index))
    .map(({ index, 0: flag }) => ({ index, what: flag }))
}

function inManifest(text: string): Silence[] {
  return [...text.matchAll(/^\s*\[lints\b|^\s*lints\b/gm)].map(({ index, 0: found }) => ({
    index: index + found.search(/\S/),
    what: 'the table of lints',
  }))
}

const lineOf = (text: string, index: number) => text.split('\n')[lineAt(text, index) - 1]!

/** Whether a comment stands on the line or on the one before it. */
function hasComment(text: string, index: number): boolean {
  const line = lineAt(text, index)
  return text
    .split('\n')
    .slice(Math.max(0, line - 2), line)
    .some((each) => /(?:\/\/|\/\*|^\s*#\s)\s*\w+\s+\w+/.test(each))
}
