import type { Finding } from '@cookbook/guide'
import { runnerFinding } from '../context/runner-location.ts'
import type { Verification } from '../context/verification.ts'

/** Fewer letters are in too many messages to say anything of one. */
const LETTERS = 4
/** Without a code, the words are all that tells one error from another. */
const LETTERS_ALONE = 8

/** What to say of a promise that nearly any failure keeps, at the runner's line that says `place`; `null` when it holds. */
export async function promisesNothing(
  verification: Verification,
  place: string,
  says: readonly string[],
  { alone }: { alone: boolean },
): Promise<Finding | null> {
  const least = alone ? LETTERS_ALONE : LETTERS
  const empty = says.find((words) => words.replace(/[^\p{L}\d]/gu, '').length < least)
  if (empty === undefined) return null
  const message = `the promised words ${JSON.stringify(empty)} are in nearly every message, expected at least ${least} letters of this one`
  return runnerFinding(verification, place, 'promises-nothing', message, 'quote the message')
}
