import type { Block } from '../document/block.ts'
import { BOUNDS } from '../document/bounds.ts'

/**
 * What the text promises of a block: that it is good, that it is a bad variant (which may compile all the same), or
 * that it does not compile.
 */
export type Mark = 'good' | 'bad' | 'refused'

/** What a page expects of a block: from its fence, the words around it and what it shows of errors. */
export type Expectation = {
  promise: Mark
  /** The codes or the messages of the errors that the page expects; empty where it does not say which. */
  errors: readonly string[]
  /** Whether its program is to panic, or the exit code that it is to end with; 0 where the page says nothing. */
  ends: 'panics' | number
  shouldPanic: boolean
  /** Whether its fence says that it is not to be run. */
  noRun: boolean
  /** Whether its fence says that rustdoc does not test it. */
  ignored: boolean
  /** The edition that its fence, or its book, says. */
  edition: string | null
}

const COMPILE = String.raw`(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)|will(?: not|n['’]?t)|won['’]?t|cannot|can['’]?t|must not|fails? to|refuses? to)\s+(?:be\s+)?(?:compiled?|build|built)\b(?!\s+(?:without|unless|on|with (?:older|an old)))`
const LACKING = String.raw`\b(?:not (?:yet|currently|directly|officially)|is(?: not|n['’]?t)(?: yet)?|are(?: not|n['’]?t)(?: yet)?) (?:supported|available|implemented)\b|\bunsupported\b(?=\s*(?:today|yet|by cxx|[:)]|$))|^\W*(?:(?:is|are) )?not (?:there|here|possible|supported) yet\b`
const REFUSED = new RegExp(String.raw`\bmakes? (?:it|this) an error\b|${COMPILE}|${LACKING}`, 'im')
/** Words of what would be, or of what something else does. */
const ELSEWHERE =
  /^\W*(?:if|when|unless|without|unlike|because|since|as|while|although|though|until|before)\b|\b(?:instead|therefore|rather than|so that it (?:does|will)|so (?:we|you|use|that))\b/i
/** A compiler's verdict, in words that follow a block. */
const TOLD =
  /^\W*(?:here )?(?:rustc|g\+\+|gcc|clang|(?:the|both) compilers?)\b[^.]*\b(?:says?|refuses?|rejects?|complains?)\b/i
/** What words after a block begin with that are about it. */
const ABOUT_IT =
  /^\W*(?:this|that|it|these|neither|none|both|the (?:code|example|snippet|bridge|block|program|above)\b)/i
const BAD =
  /[❌✗✘⛔🚫👎]|(?:^|[\s*`/(])(?:BAD|WRONG|DON['’]?T|AVOID|NEVER|INCORRECT|ANTI-?PATTERN)(?=[\s:!.*`)-]|$)|^\s*(?:bad|wrong|don['’]?t|avoid|incorrect|anti-?pattern)\b|^\s*(?:Bad|Wrong|Don['’]?t|Avoid|Incorrect):/mu
const GOOD =
  /[✅✓✔👍]|(?:^|[\s*`/(])(?:GOOD|CORRECT|RIGHT|FIXED)(?=[\s:!.*`)-]|$)|^\s*(?:good|right|correct|fixed|instead|do this)\b|^\s*(?:Good|Right|Correct|Fixed|Instead):/mu

/** What a page expects of a block or a part of it; `code` is its own text, `next` what is shown right after it. */
export function expectationOf(block: Block, code: string, next: Block | null): Expectation {
  const { attributes } = block
  const shown = next !== null && isAboutIt(block.after) ? errorsShown(next, block) : []
  const codes = attributes.filter((word) => /^E\d{4}$/.test(word))
  return {
    promise: attributes.includes('compile_fail') ? 'refused' : markOf(block, code, shown),
    errors: codes.length > 0 ? codes : shown,
    ends: attributes.includes('should_panic') ? 'panics' : endTold(block, code),
    shouldPanic: attributes.includes('should_panic'),
    noRun: attributes.includes('no_run'),
    ignored: attributes.some((word) => /^ignore(?:-|$)/.test(word)),
    edition: attributes.map((word) => /^edition(20\d\d)$/.exec(word)?.[1]).find((year) => year) ?? null,
  }
}

function markOf(block: Block, code: string, shown: readonly string[]): Mark {
  const comments = code
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|#\s|\/\*)/.test(line))
    .map((line) => line.slice(0, BOUNDS.lineCharacters).replace(/^\s*[/#*]+\s*/, ''))
  // Where both are shown, each half is what its own comment says.
  const halves = comments.some((line) => BAD.test(line)) && comments.some((line) => GOOD.test(line))
  const first = halves ? '' : comments.slice(0, 2).join('\n')
  const heading = block.headings.at(-1)?.text ?? ''
  for (const words of [first, lastSentence(block.before), heading]) {
    if (GOOD.test(words)) return 'good'
    if (REFUSED.test(words) && !ELSEWHERE.test(words)) return 'refused'
    if (BAD.test(words)) return halves ? 'good' : 'bad'
  }
  const next = block.after.split(/(?<=[.!?])\s+(?=[A-Z`])/)[0] ?? ''
  if (TOLD.test(next) || (ABOUT_IT.test(next) && REFUSED.test(next))) return 'refused'
  return shown.length > 0 ? 'refused' : 'good'
}

/** The last sentence of the words before a block is about it; those before, and other items of a list, may be about anything. */
function lastSentence(words: string): string {
  const near = words.split(/\n\s*\n/).at(-1)!
  const item = near.split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/).at(-1)!
  return item.split(/(?<=[.!?])\s+(?=[A-Z`])/).at(-1) ?? ''
}

/** Whether the words between a block and what it is said to give are about the block as it stands, and not as it could be. */
function isAboutIt(after: string): boolean {
  const sentence = lastSentence(after)
  const could = /\b(?:if|when|unless|without|had|would|suppose|imagine|forget|instead)\b/i.exec(sentence)
  if (could === null) return true
  return /\b(?:if|when) (?:you|we|I|one)(?: (?:now|then|try to))? (?:compile|build|run|try|check|execute)\b/i.test(
    sentence,
  )
}

/** The codes of the errors, or else their messages, that a block shows which is a compiler's refusal of the one before it. */
function errorsShown(next: Block, block: Block): string[] {
  if (!['', 'text', 'txt', 'console', 'output', 'plain', 'plaintext'].includes(next.lang)) return []
  if (next.headings.at(-1)?.line !== block.headings.at(-1)?.line) return []
  const said = next.lines.slice(0, SHOWN_LINES).map(({ text }) => text.slice(0, BOUNDS.lineCharacters))
  const placed = said.some((text) => /^\s*(?:-->|┌─) \S+:\d+:\d+/.test(text))
  return said.flatMap((text) => {
    const code = /^error\[(\w+)\]: /.exec(text)?.[1]
    const cxx = /^\S+:\d+:\d+: (?:fatal )?error: (.*)$/.exec(text)?.[1]
    const plain = placed
      ? /^error(?:\[\w+\])?: (?!aborting|could not compile)(.*)$/.exec(text)?.[1]
      : undefined
    return code ?? cxx ?? plain ?? []
  })
}

const SHOWN_LINES = 200

/** How the page says that the block's program ends. */
function endTold(block: Block, code: string): 'panics' | number {
  const main = /^.*\bmain\s*\(.*$/m.exec(code)?.[0] ?? ''
  const after = block.after
    .split(/(?<=[.!?])\s+(?=[A-Z`])/)
    .slice(0, 2)
    .join(' ')
  for (const words of [lastSentence(block.before), after, main.replace(/^.*?\/\//, '')]) {
    const exit =
      /\b(?:exit(?:s|ed)?|ends?|return(?:s|ed)?)\b[^.\n]{0,40}\b(?:code|status) `?(\d{1,3})\b/i.exec(
        words,
      )?.[1]
    if (exit === '101') return 'panics'
    if (exit !== undefined) return Number(exit)
    if (
      /\b(?:it|this|which|that|program|code|main|call|line|example)\b[^.\n]{0,60}\b(?:will )?panics?\b(?! (?:safe|hook|handler))/i.test(
        words,
      ) &&
      !/\b(?:not|never|n['’]t|no|instead|avoid|without|if)\b/i.test(words)
    )
      return 'panics'
  }
  return 0
}

/** Whether a comment at a line of code, or right above it, says that the line does not compile. */
export function isToldToFail(line: string, above: string): boolean {
  const told = (words: string) =>
    /\b(?:compile(?:r|[- ]time)? error|error(?:\[E\d{4}\]|:)|E0\d{3})|^\W*error\b/i.test(words) ||
    REFUSED.test(words)
  const own = /\/\/(.*)$/.exec(line.slice(0, BOUNDS.lineCharacters))?.[1]
  if (own !== undefined && told(own)) return true
  const before = /^\s*\/\/(.*)$/.exec(above.slice(0, BOUNDS.lineCharacters))?.[1]
  return before !== undefined && told(before)
}

/** Whether the nearest comment above a line that calls code good or bad calls it bad. */
export function isOfBadHalf(lines: readonly string[], row: number): boolean {
  for (let at = Math.min(row, lines.length - 1); at >= 0; at--) {
    const comment = /^\s*(?:\/\/|\/\*)(.*)$/.exec(lines[at]!.slice(0, BOUNDS.lineCharacters))?.[1]
    if (comment === undefined) continue
    if (GOOD.test(comment.trim())) return false
    if (BAD.test(comment.trim())) return true
  }
  return false
}
