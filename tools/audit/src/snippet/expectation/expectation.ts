import type { Block } from '../../document/block.ts'
import { BOUNDS } from '../../document/bounds.ts'
import { languageNamed } from '../language/languages.ts'
import type { Outline } from '../language/outline.ts'
import { type End, endInWords, endShown, isAboutIt, lastSentence, linesShown, sentencesOf } from './end.ts'
import {
  ABOUT_IT,
  ANNOUNCED,
  BAD,
  COMPILER_REFUSES,
  ELSEWHERE,
  ERROR_BELOW,
  GOOD,
  NOT_WORKING,
  OVERCOME,
  PRINTS_BELOW,
  PRINTS_IT,
  REFUSED,
  WITHOUT,
} from './phrases.ts'

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

/** What a page expects of a block or of `code`, a part of it; `next` is what is shown right after the block. */
export function expectedOf(
  block: Block,
  code: { text: string; outline: Outline },
  next: Block | null,
): Expected {
  const { attributes } = block
  const quoted = [...block.after.matchAll(/^error\[(E\d{4})\]: /gm)].map(([, code]) => code!)
  const shown = isAboutIt(block.after) ? [...quoted, ...(next === null ? [] : errorsShown(next, block))] : []
  const codes = attributes.filter((word) => /^E\d{4}$/.test(word))
  return {
    // Some books call it so.
    expectation: attributes.some((word) => word === 'compile_fail' || word === 'does_not_compile')
      ? 'must fail'
      : expectationIn(block, code.text, shown, next),
    errors: codes.length > 0 ? codes : shown,
    likelyErrors:
      next === null
        ? []
        : linesShown(next, block, []).flatMap((text) => /^error: (.+)$/.exec(text)?.[1] ?? []),
    prints: printsInWords(block),
    end: attributes.includes('should_panic')
      ? { how: 'panics', message: null, saidBy: 'its fence' }
      : attributes.includes('panics')
        ? { how: 'panics', message: null, saidBy: null }
        : (endShown(block, next) ?? endInWords(block, code)),
    // Some books forget the underscore, and mean it.
    noRun: attributes.includes('no_run') || attributes.includes('norun'),
    ignored: attributes.some((word) => /^ignore(?:-|$)/.test(word)),
    edition: attributes.map((word) => /^edition(20\d\d)$/.exec(word)?.[1]).find((year) => year) ?? null,
  }
}

function printsInWords({ before, after }: Block): string | null {
  const below = lastSentence(before)
  const announced = ELSEWHERE.test(below) ? undefined : PRINTS_BELOW.exec(below)?.[1]
  return PRINTS_IT.exec(after)?.[1] ?? announced ?? null
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
    if (isRefusal(words) && WITHOUT.test(words)) return 'discouraged'
    if (BAD.test(words) || (NOT_WORKING.test(words) && !ELSEWHERE.test(words)))
      return halves ? 'compiles' : 'discouraged'
  }
  const sentences = sentencesOf(block.after)
  // An exclamation says nothing yet.
  const sentence = sentences.find((words) => words.trim().split(/\s+/).length > 2) ?? ''
  // What ends with a colon is about the code that comes next.
  const isOfNext = /:\s*$/.test(sentence) && next !== null && languageNamed(next.lang) !== undefined
  if (!isOfNext && (COMPILER_REFUSES.test(sentence) || (ABOUT_IT.test(sentence) && isRefusal(sentence))))
    return 'must fail'
  return shown.length > 0 ? 'must fail' : 'compiles'
}

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
export function isSaidToFail(line: string, above: string): boolean {
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
