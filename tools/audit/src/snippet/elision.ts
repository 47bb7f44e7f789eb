import { type Language, skeleton } from './language/skeleton.ts'

const DOTS = String.raw`(?:\.{3,}|…)`
/** Words in a comment, or between angle brackets, that stand for code. */
const OMITTED = `(?:${DOTS}|unspecified|implementation[- ]defined|see below|omitted|snip|elided|your code|rest of)`
const IN_COMMENT = new RegExp(
  String.raw`^[ \t]*(?:\/\/|#)[ \t]*(?:\[|\()?${OMITTED}|\/\*[ \t]*(?:\[|\()?${OMITTED}[^*\n]*\*\/|\/\/[ \t]*${DOTS}[ \t]*$`,
  'im',
)
const PLACEHOLDER = /<(?:unspecified|implementation[- ]defined|see below|\.{3}|…)>/i
/** What stands before braces that hold no statements. */
const OF_TYPE =
  /(?:^|[;{}])\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:unsafe|template\s*<[^{}]*>)\s*)?(?:class|enum|impl|mod|namespace|struct|trait|union)\b[^{};()=]*$/
/** A comment between two ways to write one thing: nobody has both. */
const EITHER_OR =
  /^[ \t]*(?:\/\/|#)[ \t]*\W{0,3}(?:or|either|alternatively|versus|vs)(?:,? (?:alternatively|better|equivalently|even|just|shorter|simply|with))?[.:,]{0,3}[ \t]*$/im
/** Three dots where C++ has a place for them: a pack, the rest of parameters, a handler of anything. */
const PACK =
  /\bcatch\s*\(\s*\.{3}\s*\)|\bsizeof\s*\.{3}|(?:typename|class|auto|\w|>|&|\*|\))\s*\.{3}(?=\s*(?:[\w>,)&(]|\{))|\.{3}\s*(?:[-+*/%^&|,<>=!]+\s*\w+)?\s*\)|[,(]\s*\.{3}\s*\)|\[\s*\.{3}|\(\s*\.{3}\s*[-+*/%^&|,<>=!]/g

/** Whether the last function of Rust ends before its body begins. */
const isOpenSignature = (code: string): boolean =>
  /^fn\s+\w+[^{};]*$/.test(code.slice(code.lastIndexOf('fn ')))

/** Three dots alone are no code: a line of them is left out, and a body of them becomes one that may be anything. */
export function withoutElisions(text: string, language: Language): { text: string; elided: boolean } {
  let elided = false
  const body = language === 'rust' ? 'todo!()' : 'throw 0;'
  const out = text
    .split('\n')
    .map((line) => {
      if (/^\s*(?:\.{3,}|…)[,;]?\s*$/.test(line)) {
        elided = true
        return ''
      }
      return line.replace(/\{\s*(?:\.{3}|…|\/\*\s*(?:\.{3}|…)\s*\*\/)\s*\}/g, (_, at: number) => {
        elided = true
        return OF_TYPE.test(line.slice(0, at)) ? '{}' : `{ ${body} }`
      })
    })
    .join('\n')
  return { text: out, elided: elided || leavesOut(text, language) }
}

/** Whether something is left out where code must stand. */
function leavesOut(text: string, language: Language): boolean {
  if (IN_COMMENT.test(text) || PLACEHOLDER.test(text) || EITHER_OR.test(text)) return true
  const code = skeleton(text, language)
  if (code.includes('…') || (language !== 'toml' && isLeftOpen(code))) return true
  if (language === 'rust')
    return (
      isInsideOfBridge(text, code) ||
      isOpenSignature(code) ||
      isRestOfChain(code) ||
      /\.{3}/.test(code.replace(/,\s*\.{3}\s*\)/g, ''))
    )
  if (language === 'cpp')
    return isOnlyIncludes(code) || isRestOfChain(code) || /\.{3}/.test(code.replace(PACK, ''))
  return /\.{3}|…/.test(text)
}

/** Whether a text ends where a body begins. */
export const isLeftOpen = (code: string): boolean => code.trimEnd().endsWith('{')

/** The calls of an expression whose beginning is not shown. */
const isRestOfChain = (code: string): boolean => /^\s*(?:\.|->)\s*[a-z_]\w*\s*(?:[(<]|::)/.test(code)

/** What stands within a bridge, without the bridge around it: no other Rust has such blocks. */
const isInsideOfBridge = (text: string, code: string): boolean =>
  /^(?:unsafe\s+)?extern\s+"(?:Rust|C\+\+)"\s*\{/m.test(text.replace(/^[ \t]+/gm, '')) &&
  !/\bcxx::bridge\b/.test(code)

/** The beginning of a file, and nothing of what it is for. */
const isOnlyIncludes = (code: string): boolean =>
  code.trim() !== '' && code.split('\n').every((line) => /^\s*(?:#\s*(?:include|pragma)\b.*)?$/.test(line))
