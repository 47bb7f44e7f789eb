import { errorAt } from '../finding/error-at.ts'
import type { Finding, SourceLocation } from '../finding/finding.ts'

/** What a reason looks like; every message about one shows it. */
export const REASON_FORM = '<!-- never runs: `the line` why it cannot -->'

export const reasonWithoutForm = (at: SourceLocation): Finding =>
  errorAt(
    'unused-exemption',
    at,
    'this exemption matches no line: expected a line of the block above it, between backticks, and why it never runs',
    `write it as ${REASON_FORM}`,
  )

export const reasonWithoutLine = (at: SourceLocation, code: string): Finding =>
  errorAt(
    'unused-exemption',
    at,
    `the block above shows no line \`${code}\`: expected one of its lines, without the indentation`,
    'copy the line, or remove the comment',
  )
