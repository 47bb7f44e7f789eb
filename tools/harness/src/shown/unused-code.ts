import { type Finding, locate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'

/** A definition that no compiler judges until something uses it. */
type Definition = { name: string; what: string; index: number; end: number }

/**
 * The macros and templates of shown code that nothing uses: a compiler reads over them. `rust` and `cpp` hold the texts
 * of all that was compiled, by path from the package's folder.
 */
export function unusedCode(
  { pkg }: Verification,
  shown: readonly string[],
  texts: { rust: ReadonlyMap<string, string>; cpp: ReadonlyMap<string, string> },
): Finding[] {
  return shown.flatMap((path) => {
    const language = path.endsWith('.rs') ? 'rust' : 'cpp'
    const codes = new Map([...texts[language]].map(([file, text]) => [file, codeOf(text, language)]))
    const code = codes.get(path)
    if (code === undefined) return []
    const definitions = language === 'rust' ? rustMacros(code) : [...defines(code), ...templates(code)]
    return definitions
      .filter(({ name, index, end }) => {
        const use = new RegExp(language === 'rust' ? `\\b${name}\\s*!` : `\\b${name}\\b`)
        return ![...codes].some(([file, text]) =>
          use.test(file === path ? text.slice(0, index) + text.slice(end) : text),
        )
      })
      .map(({ name, what, index }) => ({
        code: 'not-compiled' as const,
        severity: 'error' as const,
        ...locate(pkg, path, lineAt(code, index), 1),
        message: `nothing uses the ${what} ${name}, so no compiler checks it`,
        detail: [],
        fix: 'use it where a program or a test does, or remove it',
      }))
  })
}

function rustMacros(code: string): Definition[] {
  return [...code.matchAll(/\bmacro_rules!\s*(\w+)\s*[{([]/g)].map(({ index, 0: found, 1: name }) => ({
    name: name!,
    what: 'macro',
    index,
    end: closing(code, index + found.length - 1),
  }))
}

/** One that stands for nothing or for one word sets up what is included after it. */
function defines(code: string): Definition[] {
  return [...code.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)((?:\\\r?\n|.)*)/gm)]
    .filter(([, , body]) => !/^(?:[ \t]+[\w.-]*)?[ \t]*$/.test(body!))
    .map(({ index, 0: found, 1: name }) => ({ name: name!, what: 'macro', index, end: index + found.length }))
}

/** Specializations are of a template that has a name of its own, and operators are used without one. */
function templates(code: string): Definition[] {
  return [...code.matchAll(/\btemplate\s*<(?!\s*>)/g)].flatMap(({ index, 0: begin }) => {
    const head = closing(code, index + begin.length - 1)
    const rest = code.slice(head)
    const declared = rest.slice(0, rest.search(/[{;]/) + 1 || undefined)
    const named = /\b(?:class|struct|union|concept|using)\s+(?:\[\[\w+\]\]\s*)?(\w+)/.exec(declared)
    const called = /([\w~]+|operator[^\w\s(]+)\s*\(/.exec(
      declared.replace(/\b(?:requires|decltype|noexcept|explicit)\s*\([^()]*\)/g, ''),
    )
    const name = (named && (called === null || named.index < called.index) ? named : called)?.[1]
    if (name === undefined || !/^\w+$/.test(name) || /\boperator\b/.test(declared)) return []
    const body = declared.endsWith('{') ? closing(code, head + declared.length - 1) : head + declared.length
    return [{ name, what: 'template', index, end: body }]
  })
}
