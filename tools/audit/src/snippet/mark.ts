import type { Block } from '../document/block.ts'
import { BOUNDS } from '../document/bounds.ts'

/**
 * What the text promises of a block: that it is good, that it is a bad variant (which may compile all the same), or
 * that it does not compile.
 */
export type Mark = 'good' | 'bad' | 'refused'

const REFUSED =
  /\bmakes? (?:it|this) an error\b|(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)|will(?: not|n['’]?t)|won['’]?t|cannot|can['’]?t|must not|fails? to|refuses? to)\s+(?:be\s+)?compiled?\b(?!\s+(?:without|unless))|\b(?:not (?:yet|currently|directly|officially)|is(?: not|n['’]?t)(?: yet)?) supported\b|\bunsupported\b(?=\s*(?:today|yet|by cxx|[:)]|$))/im
/** A compiler's verdict, in words that follow a block. */
const TOLD =
  /^\W*(?:here )?(?:rustc|g\+\+|gcc|clang|(?:the|both) compilers?)\b[^.]*\b(?:says?|refuses?|rejects?|complains?)\b/i
const BAD =
  /[❌✗✘⛔🚫👎]|(?:^|[\s*`/(])(?:BAD|WRONG|DON['’]?T|AVOID|NEVER|INCORRECT|ANTI-?PATTERN)(?=[\s:!.*`)-]|$)|^\s*(?:bad|wrong|don['’]?t|avoid|incorrect|anti-?pattern)\b|^\s*(?:Bad|Wrong|Don['’]?t|Avoid|Incorrect):/mu
const GOOD =
  /[✅✓✔👍]|(?:^|[\s*`/(])(?:GOOD|CORRECT|RIGHT|FIXED)(?=[\s:!.*`)-]|$)|^\s*(?:good|right|correct|fixed|instead|do this)\b|^\s*(?:Good|Right|Correct|Fixed|Instead):/mu

/** The mark of a block or a part of it; `code` is its own text, `next` what is shown right after it. */
export function markOf(block: Block, code: string, next: Block | null): Mark {
  if (block.attributes.includes('compile_fail')) return 'refused'
  const first = code
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|#\s|\/\*)/.test(line))
    .slice(0, 2)
    .map((line) => line.slice(0, BOUNDS.lineCharacters))
    .join('\n')
  const near = block.before.split(/\n\s*\n/).at(-1)!
  const heading = block.headings.at(-1)?.text ?? ''
  for (const words of [first.replace(/^\s*[/#*]+\s*/gm, ''), sentence(near), heading]) {
    if (GOOD.test(words)) return 'good'
    if (REFUSED.test(words)) return 'refused'
    if (BAD.test(words)) return 'bad'
  }
  if (TOLD.test(block.after.split(/(?<=[.!?])\s+(?=[A-Z`])/)[0] ?? '')) return 'refused'
  return next !== null && showsError(next, block) ? 'refused' : 'good'
}

/** The last sentence of the words before a block is about it; those before may be about anything. */
function sentence(words: string): string {
  return words.split(/(?<=[.!?])\s+(?=[A-Z`])/).at(-1) ?? ''
}

/** Whether a block is a compiler's refusal of the one before it. */
function showsError(next: Block, block: Block): boolean {
  if (!['', 'text', 'txt', 'console', 'output', 'plain', 'plaintext'].includes(next.lang)) return false
  if (next.headings.at(-1)?.line !== block.headings.at(-1)?.line) return false
  const said = next.lines.slice(0, 8).map(({ text }) => text)
  const code = said.some((text) => /^(?:error\[\w+\]: |\S+:\d+:\d+: (?:fatal )?error: )/.test(text))
  return (
    code ||
    (said.some((text) => /^error: /.test(text)) &&
      said.some((text) => /^\s*(?:-->|┌─) \S+:\d+:\d+/.test(text)))
  )
}
