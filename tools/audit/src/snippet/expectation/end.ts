import type { Block } from '../../document/block.ts'
import { BOUNDS } from '../../document/bounds.ts'
import type { Outline } from '../language/outline.ts'

/** How a program ends: by a panic, by a signal, or with an exit code. */
export type End = {
  how: 'panics' | 'is aborted' | number
  /** What it has to say then, where the page says it. */
  message: string | null
  /** Who says so for certain, so that a program that ends otherwise is wrong; `null` where it is no more than likely. */
  saidBy: 'its fence' | 'the guide' | null
}

/** The last sentence of the words before a block is about it; those before, and other items of a list, may be about anything. */
export function lastSentence(words: string): string {
  const near = words.split(/\n\s*\n/).at(-1)!
  const item = near.split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/).at(-1)!
  return sentencesOf(item).at(-1) ?? ''
}

export const sentencesOf = (words: string): string[] => words.split(/(?<=[.!?])\s+(?=[A-Z`])/)

/** Whether the words between a block and what it is said to give are about the block as it stands, and not as it could be. */
export function isAboutIt(after: string): boolean {
  const sentence = lastSentence(after)
  const could =
    /\b(?:if|when|unless|without|had|would|might|suppose|imagine|forget|instead|(?:leaving|commenting|taking) \w+ out|leaving out|removing|omitting|changing|replacing)\b/i.exec(
      sentence,
    )
  if (could === null) return true
  return /\b(?:if|when) (?:you|we|I|one)(?: (?:now|then|try to))? (?:compile|build|run|check|execute|try (?:it|this|that|the)\b)/i.test(
    sentence,
  )
}

const PLAIN = ['', 'text', 'txt', 'console', 'output', 'plain', 'plaintext']
const SHOWN_LINES = 200

/**
 * The lines of the block of plain text, or of one of `more` languages, that stands right after a block and under the
 * same heading; none of any other.
 */
export function linesShown(next: Block, block: Block, more: readonly string[]): string[] {
  if (![...PLAIN, ...more].includes(next.lang)) return []
  if (next.headings.at(-1)?.line !== block.headings.at(-1)?.line) return []
  return next.lines.slice(0, SHOWN_LINES).map(({ text }) => text.slice(0, BOUNDS.lineCharacters))
}

/** How a block's program ends by the output that is shown right after it: a panic, an error, or what C++ says of an exception. */
export function endShown(block: Block, next: Block | null): End | null {
  if (next === null || !isAboutIt(block.after)) return null
  const said = linesShown(next, block, ['bash', 'sh', 'shell']).map((text) => text.trim())
  const row = said.findIndex((text) => /^thread '.*' (?:\(\d+\) )?panicked at /.test(text))
  if (row >= 0) {
    const message = /panicked at '(.*)', \S+:\d+/.exec(said[row]!)?.[1] ?? said[row + 1]
    return { how: 'panics', message: message || null, saidBy: null }
  }
  if (
    said.some((text) => /^test [\w:]+ (?:- should panic )?\.\.\. FAILED$|^test result: FAILED\b/.test(text))
  )
    return { how: 'panics', message: null, saidBy: null }
  // What `main` returned.
  const error = said.find((text) => /^Error: ./.test(text))
  if (error !== undefined) return { how: 1, message: error, saidBy: null }
  const aborted = said.some((text) => /^terminate called |\bAborted\b.*\(core dumped\)/.test(text))
  return aborted ? { how: 'is aborted', message: null, saidBy: null } : null
}

const PANICS =
  /\b(?:it|this|which|that|program|code|main|call|line|example)\b[^.\n]{0,60}\b(?:will )?panics?\b(?! (?:safe|hook|handler))/i
const TEST_FAILS =
  /\b(?:this|that|the|following|next)\b[^.\n]{0,30}\btests? (?:will |always |now |then )?fails?\b/i
const ABORTS =
  /\b(?:it|this|which|that|program|code|main|call|line|example)\b[^.\n]{0,60}\b(?:(?:uncaught|unhandled) exception|std::terminate|terminate called|SIGABRT|aborts?|is aborted|terminates the process)\b/i
/** Words that are about the whole program, and not about one of its threads or functions. */
const WHOLE =
  /^\W*(?:(?:running|executing) (?:it|this|the (?:program|code|example))|it|this|(?:this|the)(?: (?:following|above|next|whole))? (?:program|code|example|snippet))(?: (?:will|then|now|always|also|immediately))* (?:panics?|aborts?|(?:ends?|exits?|dies) (?:with|by|in|through) (?:an? )?(?:panic|(?:uncaught|unhandled) exception|abort))\b/i
const CONDITIONAL =
  /\b(?:if|when|whenever|unless|may|might|can|could|would|should|once|until|while|sometimes|often|debug|release|depending|after|before|as soon|on|for|threads?|tasks?|workers?)\b/i
/** What all words of an end hold, which is found out soonest. */
const ENDING = /panic|abort|exception|terminate|code|status|tests? \w*\s?fail/i
const DENIED = /\b(?:not|never|n['’]t|no|instead|avoid|without|if)\b/i

/** How the words of a page, or else what `main` returns, say that the block's program ends. */
export function endInWords(block: Block, { text, outline }: { text: string; outline: Outline }): End {
  const main = /^.*\bmain\s*\(.*$/m.exec(text)?.[0] ?? ''
  const after = sentencesOf(block.after).slice(0, 2)
  for (const words of [lastSentence(block.before), after.join(' '), main.replace(/^.*?\/\//, '')]) {
    if (!ENDING.test(words)) continue
    const exit =
      /\b(?:exit(?:s|ed)?|ends?|return(?:s|ed)?)\b[^.\n]{0,40}\b(?:code|status) `?(\d{1,3})\b/i.exec(
        words,
      )?.[1]
    const how =
      exit !== undefined
        ? exit === '101'
          ? 'panics'
          : Number(exit)
        : DENIED.test(words.replace(/`[^`]*`/g, ''))
          ? 0
          : PANICS.test(words) || TEST_FAILS.test(words)
            ? 'panics'
            : ABORTS.test(words)
              ? 'is aborted'
              : 0
    if (how === 0) continue
    const message = /\bpanics?\b[^.\n]{0,20}\b(?:with|saying)\b[^.\n]{0,20}[`"“]([^`"”\n]+)[`"”]/i.exec(
      words,
    )?.[1]
    const isSure = exit === undefined && WHOLE.test(words) && !CONDITIONAL.test(words)
    return { how, message: message ?? null, saidBy: isSure ? 'the guide' : null }
  }
  return { how: exitOfMain(outline), message: null, saidBy: null }
}

const EXIT =
  /\b(?:return|exit|quick_exit|_Exit)\b\s*\(?\s*(\d{1,3}|EXIT_FAILURE)?|\bExitCode::(?:from\s*\(\s*(\d{1,3})|(FAILURE))/g

/** The exit code that `main` has in any case, as a number at its only end says; 0 where it has several ends or none. */
function exitOfMain({ code, segments }: Outline): number {
  const main = segments.find(({ defines, open }) => open >= 0 && /^fn main(?:\(|$)/.test(defines ?? ''))
  if (main === undefined) return 0
  const body = code.slice(main.open + 1, main.close < 0 ? main.end : main.close)
  const [end, ...others] = body.matchAll(EXIT)
  if (end === undefined || others.length > 0 || nestingAt(body, end.index) > 0) return 0
  if (/\b(?:if|for|while|else|case)\b[^;{}]*$/.test(body.slice(0, end.index))) return 0
  const said = end[1] ?? end[2] ?? end[3]
  return said === undefined ? 0 : /^\d/.test(said) ? Number(said) : 1
}

const nestingAt = (text: string, end: number): number =>
  [...text.slice(0, end)].reduce((depth, mark) => depth + (mark === '{' ? 1 : mark === '}' ? -1 : 0), 0)
