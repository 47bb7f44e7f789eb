import type { Ending } from '@cookbook/toolchain'
import { describeEnding } from '@cookbook/toolchain'

/** What this package says to people, where more than one place says it. */

export const BUILD_REMEDY = 'mend the source, then run npm run sync to write it into the chapter'

/** How a command ended when another end was expected, with the last lines of what it said. */
export function endedBadly(what: string, ending: Ending, expected: string): string {
  return `${what} ended with ${describeEnding(ending)}, expected ${expected}`
}

/** The last lines of a text, for the detail of a finding. */
export function lastLines(text: string, count = 20): string[] {
  return text.trimEnd().split('\n').slice(-count)
}
