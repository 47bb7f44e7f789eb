import type { Reason } from './chapter.ts'
import type { Finding, Place } from './finding.ts'
import { finding } from './problem.ts'

/** What a reason looks like; every message about one shows it. */
const form = '<!-- never runs: `the line` why it cannot -->'

export const neverRan = (at: Place, texts: readonly string[]): Finding => {
  const what = texts.length === 1 ? 'this line never ran' : `these ${texts.length} lines never ran`
  return finding(
    'never-ran',
    at,
    `${what}: expected a program or a test that runs ${texts.length === 1 ? 'it' : 'them'}, or a reason`,
    `write a test; or, where none can be written, say so below the block: ${form}`,
    texts,
  )
}

export const reasonWithoutForm = (at: Place): Finding =>
  finding(
    'reason-void',
    at,
    'this comment excuses nothing: expected a line of the block above it, between backticks, and why it never runs',
    `write it as ${form}`,
  )

export const reasonWithoutLine = (at: Place, code: string): Finding =>
  finding(
    'reason-void',
    at,
    `the block above shows no line \`${code}\`: expected one of its lines, without the indentation`,
    'copy the line, or remove the comment',
  )

export const reasonForRun = (file: string, { line, column, code }: Reason, times: number): Finding =>
  finding(
    'reason-void',
    { file, line, column },
    times > 0
      ? `\`${code}\` did run: expected a line that never does`
      : `\`${code}\` holds no code that could run: expected a line that the compiler made code of`,
    'remove the comment',
  )
