// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
// Marks that turn the direction of text or that no one sees. The joiners stay: emoji and whole scripts need them.
const UNSEEN = /(?![\u200c\u200d])[\p{Cf}\p{Zl}\p{Zp}]/gu
const LINE_CHARACTERS = 2_000

/**
 * Text of an example or a compiler, made safe for a terminal and a CI log: control characters are shown instead of
 * sent, what a CI server would take for a command is broken up, and lines that no one could read are cut.
 */
export function escapeOutput(text: string): string {
  return text
    .split('\n')
    .map(cutLine)
    .join('\n')
    .replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(UNSEEN, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/##(?=\[)/g, '# #')
}

/** A line of bearable length; what is left out is counted. */
export function cutLine(line: string): string {
  if (line.length <= LINE_CHARACTERS) return line
  const start = line.slice(0, LINE_CHARACTERS).replace(/[\ud800-\udbff]$/, '')
  return `${start} ... (${line.length - start.length} more characters)`
}
