export type Language = 'rust' | 'cpp' | 'toml' | 'cmake'

/**
 * The text with comments, and what stands between quotes, as blanks: what is left is code, every character at its
 * own offset. An end that never comes reaches to the end of the text.
 */
export function skeleton(text: string, language: Language): string {
  const matcher = PIECES[language]
  return text.replace(matcher, (found) => {
    const quote = /^(?:[A-Za-z]*#*)?["']/.exec(found)
    if (quote === null) return blank(found)
    if (found.length < 2) return found
    return quote[0] + blank(found.slice(quote[0].length, -1)) + found.at(-1)
  })
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')

// Whatever opens is matched, to the end of the text if need be: no pattern is begun again within what it has read.
const LINE = String.raw`\/\/[^\n]*`
const STRING = String.raw`"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)`
const PIECES: Record<Language, RegExp> = {
  // Comments nest to a depth that people write; a lifetime is no character.
  rust: new RegExp(
    [
      LINE,
      String.raw`\/\*[^*/]*(?:(?:\*(?!\/)|\/(?!\*)|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$))[^*/]*)*(?:\*\/|$)`,
      String.raw`\bb?r(#{0,255})"[\s\S]*?(?:"\1|$)`,
      STRING,
      String.raw`'(?:[^'\\\n]|\\(?:x..|u\{[^}]{0,10}\}|.))'`,
    ].join('|'),
    'g',
  ),
  cpp: new RegExp(
    [
      LINE,
      String.raw`\/\*[\s\S]*?(?:\*\/|$)`,
      String.raw`\bR"([^\s()\\]{0,16})\([\s\S]*?(?:\)\1"|$)`,
      STRING,
      String.raw`(?<![0-9A-Fa-f])'(?:[^'\\\n]|\\[^\n]{1,16}?)'`,
    ].join('|'),
    'g',
  ),
  toml: /#[^\n]*|"[^"\\\n]*(?:\\[^\n]?[^"\\\n]*)*(?:"|$)|'[^'\n]*'/gm,
  cmake: /#[^\n]*|"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)/g,
}
