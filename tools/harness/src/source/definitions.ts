import { closing, type Language } from './code-text.ts'

/** A definition that no compiler judges until something uses it. */
export type Definition = { name: string; what: 'macro' | 'template'; index: number; end: number }

/** The macros and templates of a text, which is code alone. */
export function definitionsIn(code: string, language: Language): Definition[] {
  return language === 'rust'
    ? rustMacros(code)
    : [...defines(code), ...templates(code), ...functionsOfAuto(code), ...lambdasOfAuto(code)]
}

function rustMacros(code: string): Definition[] {
  return [...code.matchAll(/\bmacro_rules\s*!\s*(\w+)\s*[{([]/g)].map(({ index, 0: found, 1: name }) => ({
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
    const name = templateName(declared)
    if (name === undefined || !/^\w+$/.test(name) || /\boperator\b/.test(declared)) return []
    const body = declared.endsWith('{') ? closing(code, head + declared.length - 1) : head + declared.length
    return [{ name, what: 'template', index, end: body }]
  })
}

function templateName(declared: string): string | undefined {
  const named = /\b(?:class|struct|union|concept|using)\s+(?:\[\[\w+\]\]\s*)?(\w+)/.exec(declared)
  const plain = declared.replace(/\b(?:requires|decltype|noexcept|explicit)\s*\([^()]*\)/g, '')
  const called = /([\w~]+|operator[^\w\s(]+)\s*\(/.exec(plain)
  if (named && (called === null || named.index < called.index)) return named[1]
  const variable = /(\w+)\s*(?:<[^()=;{]*>\s*)?[=;{]/.exec(plain)
  return variable && (called === null || variable.index < called.index) ? variable[1] : called?.[1]
}

/** Parameters of which one is `auto`, which makes a template of a function, and what may stand before its body. */
const OF_AUTO = /\(([^(){};]*(?:\([^(){};]*\)[^(){};]*)*)\)[^(){};]*\{/.source
const CONTROL = /^(?:if|for|while|switch|catch|return|decltype|noexcept|requires)$/
const hasAuto = (parameters: string) => /(?<!decltype\s*\(\s*)\bauto\b/.test(parameters)

function functionsOfAuto(code: string): Definition[] {
  return [...code.matchAll(new RegExp(`\\b(\\w+)\\s*${OF_AUTO}`, 'g'))]
    .filter(([, name, parameters]) => !CONTROL.test(name!) && hasAuto(parameters!))
    .map((found) => templateOf(code, found))
}

/** Those that have a name; what is given to a function at once is called by it. */
function lambdasOfAuto(code: string): Definition[] {
  return [...code.matchAll(new RegExp(`\\b(\\w+)\\s*=\\s*\\[[^\\[\\]]*\\]\\s*${OF_AUTO}`, 'g'))]
    .filter(([, , parameters]) => hasAuto(parameters!))
    .map((found) => templateOf(code, found))
}

function templateOf(code: string, { index, 0: found, 1: name }: RegExpExecArray): Definition {
  return { name: name!, what: 'template', index, end: closing(code, index + found.length - 1) }
}
