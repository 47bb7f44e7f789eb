import type { Block } from '../document/block.ts'
import { BOUNDS } from '../document/bounds.ts'
import { type End, endShown, endTold, isAboutIt, lastSentence, linesShown } from './end.ts'
import { languageNamed } from './languages.ts'

/** What the text says of a block: it compiles, it is a discouraged variant (which may compile too), or it must fail to. */
export type Expectation = 'compiles' | 'discouraged' | 'must fail'

/** What a page expects of a block: from its fence, the words around it and what it shows of errors. */
export type Expected = {
  expectation: Expectation
  /** The codes or the messages of the errors that the page expects; empty where it does not say which. */
  errors: readonly string[]
  /** What is shown right below as an error, and may as well be of the program. */
  likelyErrors: readonly string[]
  /** What its program prints, as the sentence right after it says. */
  prints: string | null
  /** How its program is to end; exit code 0 where the page says nothing. */
  end: End
  /** Whether its fence says that it is not to be run. */
  noRun: boolean
  /** Whether its fence says that rustdoc does not test it. */
  ignored: boolean
  /** The edition that its fence, or its book, says. */
  edition: string | null
}

/** Of a file that no page speaks of. */
export const NOTHING_SAID = { expectation: 'compiles', errors: [], likelyErrors: [], prints: null } as const

const COMPILE = String.raw`(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)|will(?: not|n['’]?t)|won['’]?t|cannot|can['’]?t|must not|fails? to|refuses? to)\s+(?:be\s+)?(?:compiled?|build|built)\b(?!\s+(?:without|unless|on|with (?:older|an old)))`
const UNWRITABLE = String.raw`\b(?:you|we|one) (?:cannot|can['’]?t|can not) write(?: (?:this|that|it|the following|code like this))?\W*$`
const LACKING = String.raw`\b(?:not (?:yet|currently|directly|officially)|is(?: not|n['’]?t)(?: yet)?|are(?: not|n['’]?t)(?: yet)?) (?:supported|available|implemented)\b|\bunsupported\b(?=\s*(?:today|yet|by cxx|[:)]|$))|^\W*(?:(?:is|are) )?not (?:there|here|possible|supported) yet\b`
const REFUSED = new RegExp(
  String.raw`\bmakes? (?:it|this) an error\b|${COMPILE}|${LACKING}|${UNWRITABLE}`,
  'im',
)
/** Words that announce an error of compilation without a form of "compile" as their verb. */
const ANNOUNCED = new RegExp(
  [
    String.raw`\b(?:following|next|this|that|these|it|below|above|code|example|snippet|program|line|version|attempt|call)\b[^.\n]{0,60}\b(?:is|are|would be|will be) (?:also |now |still )?an? (?:(?:hard|type|borrow|lifetime|compile(?:r|[- ]time)?|compilation) )?error\b(?! (?:type|enum|struct|code|message|handler|value|class|if|when|unless|to|that|at|for|from|of|case)\b)`,
    String.raw`\b(?:results? in|causes?|produces?|gives?|yields?|triggers?|leads? to|raises?|emits?|gets?|see|is|are)\b[^.\n]{0,30}\b(?:compile(?:r|[- ]time)?|compilation|borrow[- ]checker) errors?\b`,
    String.raw`\b(?:following|code|program|example|snippet|version|line)\b(?: \w+)? (?:is|are|gets?|will be) (?:rejected|refused)\b`,
    String.raw`\b(?:is|are|gets?|will be|be) (?:rejected|refused) by (?:the (?:compiler|borrow checker|type system)|rustc|cxx|g\+\+|gcc|clang)\b`,
    String.raw`\b(?:the (?:compiler|borrow checker)|rustc|cxx|g\+\+|gcc|clang)\b[^.\n]{0,20}\b(?:rejects?|refuses?|complains?|(?:does not|doesn['’]t|will not|won['’]t) (?:accept|allow|let))\b`,
    String.raw`\berror \W?E0\d{3}\b|\b(?:is|are) ill-formed\b|\bfails? (?:to type-?check|with (?:error )?\W?E0\d{3})`,
  ].join('|'),
  'i',
)
/** Words with which an error is named that this block does not have. */
const OVERCOME =
  /\b(?:avoid\w*|fix(?:es|ed)?|prevent\w*|no longer|resolv\w+|solv\w+|get rid|not an?|never an?|previous(?:ly)?|earlier|at run[- ]?time|runtime)\b|n['’]t an? /i
/** Words of code that need not be refused, and that nobody should write. */
const NOT_WORKING =
  /\b(?:this|that|it|these|following|example|code|approach|version|attempt)\b[^.\n]{0,40}\b(?:(?:do(?:es)?(?:n['’]?t| not)|will not|won['’]?t|would not|wouldn['’]?t|cannot|can['’]?t) work\b|(?:is|are)(?: not|n['’]?t) (?:allowed|permitted|legal|valid)\b|(?:is|are) (?:illegal|invalid|forbidden|disallowed|prohibited)\b)|\b(?:we are|we['’]re|cxx is) aiming for\b|\b(?:would|could|might) (?:one day |eventually |then )?look like\b|\bis planned\b|\b(?:hope|would like) to (?:be able to )?(?:write|say|support)\b|\b(?:you|we|one) (?:may|must) not (?:write|say|do)(?: (?:this|that|it|the following))?\W*$|\b(?:is|are) (?:refused|rejected)\W*$/i
/** Words of what would be, or of what something else does. */
const ELSEWHERE =
  /^\W*(?:if|when|unless|without|unlike|because|since|as|while|although|though|until|before)\b|\b(?:instead|therefore|rather than|so that it (?:does|will)|so (?:we|you|use|that))\b/i
/** Words that say which error the code below them is. */
const ERROR_BELOW = /\berror \W?E0\d{3}\W*:\s*$/i
/** A sentence that says no more than what the program above it prints. */
const PRINTS_IT =
  /^(?:(?:(?:it|this|that|which|and|(?:this|the) (?:program|code|example))\s+)?(?:will\s+)?(?:prints?|outputs?|displays?)|\W{0,2}(?:the )?(?:expected )?output(?: is|:)\W{0,2})\s+`([^`\n]+)`\.?\s*(?:$|\n\n)/i
/** The end of a sentence that says what the program below it prints. */
const PRINTS_BELOW =
  /\b(?:it|this|that|which|one|program|example|second|last|next|following|code)\b[^.`\n]{0,30}\b(?:prints?|outputs?|displays?) `([^`\n]+)`\W*$/i
/** A compiler's verdict, in words that follow a block. */
const TOLD =
  /^\W*(?:here )?(?:rustc|g\+\+|gcc|clang|(?:the|both) compilers?)\b[^.]*\b(?:says?|refuses?|rejects?|complains?)\b/i
/** What words after a block begin with that are about it. */
const ABOUT_IT =
  /^\W*(?:this|that|here|it|these|neither|none|both|the (?:code|example|snippet|bridge|block|program|above)\b)/i
const BAD =
  /[❌✗✘⛔🚫👎]|(?:^|[\s*`/(])(?:BAD|WRONG|DON['’]?T|AVOID|NEVER|INCORRECT|ANTI-?PATTERN)(?=[\s:!.*`)-]|$)|^\s*(?:bad|wrong|don['’]?t|avoid|incorrect|anti-?pattern)\b|^\s*(?:Bad|Wrong|Don['’]?t|Avoid|Incorrect):/mu
const GOOD =
  /[✅✓✔👍]|(?:^|[\s*`/(])(?:GOOD|CORRECT|RIGHT|FIXED)(?=[\s:!.*`)-]|$)|^\s*(?:good|right|correct|fixed|instead|do this)\b|^\s*(?:Good|Right|Correct|Fixed|Instead):/mu

/** What a page expects of a block or a part of it; `code` is its own text, `next` what is shown right after it. */
export function expectedOf(block: Block, code: string, next: Block | null): Expected {
  const { attributes } = block
  const quoted = [...block.after.matchAll(/^error\[(E\d{4})\]: /gm)].map(([, code]) => code!)
  const shown = isAboutIt(block.after) ? [...quoted, ...(next === null ? [] : errorsShown(next, block))] : []
  const codes = attributes.filter((word) => /^E\d{4}$/.test(word))
  return {
    expectation: attributes.includes('compile_fail') ? 'must fail' : expectationIn(block, code, shown, next),
    errors: codes.length > 0 ? codes : shown,
    likelyErrors:
      next === null
        ? []
        : linesShown(next, block, []).flatMap((text) => /^error: (.+)$/.exec(text)?.[1] ?? []),
    prints: printsTold(block),
    end: attributes.includes('should_panic')
      ? { how: 'panics', message: null, saidBy: 'its fence' }
      : attributes.includes('panics')
        ? { how: 'panics', message: null, saidBy: null }
        : (endShown(block, next) ?? endTold(block, code)),
    // Some books forget the underscore, and mean it.
    noRun: attributes.includes('no_run') || attributes.includes('norun'),
    ignored: attributes.some((word) => /^ignore(?:-|$)/.test(word)),
    edition: attributes.map((word) => /^edition(20\d\d)$/.exec(word)?.[1]).find((year) => year) ?? null,
  }
}

function printsTold({ before, after }: Block): string | null {
  const below = lastSentence(before)
  const told = ELSEWHERE.test(below) ? undefined : PRINTS_BELOW.exec(below)?.[1]
  return PRINTS_IT.exec(after)?.[1] ?? told ?? null
}

function expectationIn(
  block: Block,
  code: string,
  shown: readonly string[],
  next: Block | null,
): Expectation {
  const comments = code
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|#\s|\/\*)/.test(line))
    .map((line) => line.slice(0, BOUNDS.lineCharacters).replace(/^\s*[/#*]+\s*/, ''))
  // Where both are shown, each half is what its own comment says.
  const halves = comments.some((line) => BAD.test(line)) && comments.some((line) => GOOD.test(line))
  const first = halves ? '' : comments.slice(0, 2).join('\n')
  const heading = block.headings.at(-1)?.text ?? ''
  for (const words of [first, lastSentence(block.before), heading]) {
    if (GOOD.test(words)) return 'compiles'
    if (isRefusal(words) && (!ELSEWHERE.test(words) || ERROR_BELOW.test(words))) return 'must fail'
    if (BAD.test(words) || (isNotWorking(words) && !ELSEWHERE.test(words)))
      return halves ? 'compiles' : 'discouraged'
  }
  const told = block.after.split(/(?<=[.!?])\s+(?=[A-Z`])/)[0] ?? ''
  // What ends with a colon is about the code that comes next.
  const isOfNext = /:\s*$/.test(told) && next !== null && languageNamed(next.lang) !== undefined
  if (!isOfNext && (TOLD.test(told) || (ABOUT_IT.test(told) && isRefusal(told)))) return 'must fail'
  return shown.length > 0 ? 'must fail' : 'compiles'
}

const isNotWorking = (words: string): boolean =>
  /work|allow|permit|legal|valid|forbid|prohibit|refused|rejected|aiming|look like|planned|write|say|do\b|support/i.test(
    words,
  ) && NOT_WORKING.test(words)

/** Whether words say that code does not compile. */
const isRefusal = (words: string): boolean =>
  REFUSED.test(words) || (ANNOUNCED.test(words) && !OVERCOME.test(words))

/** The codes of the errors, or else their messages, that a block shows which is a compiler's refusal of the one before it. */
function errorsShown(next: Block, block: Block): string[] {
  const said = linesShown(next, block, [])
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

/** Whether a comment at a line of code, or right above it, says that the line does not compile. */
export function isToldToFail(line: string, above: string): boolean {
  const reported = (words: string) =>
    /\b(?:compile(?:r|[- ]time)? error|error(?:\[E\d{4}\]|:)|E0\d{3})|^\W*error\b/i.test(words) ||
    REFUSED.test(words)
  const own = /\/\/(.*)$/.exec(line.slice(0, BOUNDS.lineCharacters))?.[1]
  if (own !== undefined && reported(own)) return true
  const before = /^\s*\/\/(.*)$/.exec(above.slice(0, BOUNDS.lineCharacters))?.[1]
  return before !== undefined && reported(before)
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
