import type { Problem } from '../diagnostic/problem.ts'
import { isOfBadHalf, isToldToFail } from '../snippet/expectation.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** Errors that only code gives that a reader could have meant: of ownership, lifetimes, threads and what may be copied. */
const MEANT =
  /^E0(?:106|133|277|282|308|310|37[0-9]|38[0-9]|449|478|49[0-9]|50[0-9]|51[0-9]|521|59[0-9]|603|616|62[0-9]|70[0-9]|71[0-9]|744|746)$/
const MEANT_CXX =
  /\b(?:not(?: \w+)?|un)[ -]?supported\b|use of deleted function|no matching function|cannot convert|invalid conversion|discards qualifiers|is private|read-only|cannot bind/

/** Whether the page itself says that this error comes, of the block that it is in. */
export function isExpected(snippet: Snippet, problem: Problem, row: number): boolean {
  const line = snippet.lines[row]?.text ?? ''
  if (snippet.expectation === 'must fail') return isNamed(snippet, problem)
  if (isToldToFail(line, snippet.lines[row - 1]?.text ?? '')) return true
  const discouraged =
    snippet.expectation === 'discouraged' ||
    isOfBadHalf(
      snippet.lines.map(({ text }) => text),
      row,
    )
  if (!discouraged) return false
  // What is discouraged may compile all the same; a typing error in it is not what it shows.
  return problem.code === null ? MEANT_CXX.test(problem.message) : MEANT.test(problem.code)
}

/** Whether it is of the errors that the page names, if it does. */
function isNamed({ errors }: Snippet, { code, message }: Problem): boolean {
  if (errors.length === 0) return true
  const said = plain(message)
  return errors.some(
    (error) => error === code || (said !== '' && plain(error).includes(said)) || said.includes(plain(error)),
  )
}

/** Without quotes, which differ from compiler to compiler. */
const plain = (text: string) => text.replace(/[‘’'"`]/g, '').trim()
