import { cutLine, escapeOutput } from '@cookbook/guide'

// Marks that turn the direction of text or that no one sees, what is no character at all, and halves of one. The
// joiners stay: emoji and whole scripts need them.
const UNSEEN = /(?![\u200c\u200d])[\p{Cf}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu
const LINE_CHARACTERS = 1_000

/** A guide's or a program's words, made safe to read anywhere: nothing in them is obeyed, and all is seen. */
export function shown(text: string): string {
  // Line by line: no pattern may run over more than one line, or a megabyte of blank ones takes hours.
  return text.split('\n').map(shownOne).join('\n')
}

/** The same on one line, as a sentence or a path must be. */
export function shownLine(text: string): string {
  const lines = text.slice(0, 2 * LINE_CHARACTERS).split(/[\r\n]/)
  const words = lines.map((line) => line.trim()).filter((line) => line !== '')
  return shortened(shownOne(words.join(' ')), LINE_CHARACTERS)
}

/** The same, short enough for a column or a title. */
export function shownName(text: string): string {
  return shortened(shownLine(text), 80)
}

function shownOne(line: string): string {
  return escapeOutput(cutLine(line))
    .replace(/#(?=#)/g, '# ')
    .replace(UNSEEN, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)
}

function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text
  return `${text.slice(0, characters).replace(/[\ud800-\udbff]$/, '')}...`
}
