import type { Chapter, Claim } from '../chapter/chapter.ts'
import { errorAt } from '../finding/error-at.ts'
import type { Finding, SourceLocation } from '../finding/finding.ts'

export const notMutations = ({ problem, ...at }: SourceLocation & { problem: string }): Finding =>
  errorAt(
    'mutation',
    at,
    `${problem}: expected [[mutation]] with the texts claim, file, find and replace`,
    'write it as CONTRIBUTING.md says',
  )

export const unbrokenClaim = ({ file }: Chapter, claim: Claim, slug: string): Finding =>
  errorAt(
    'mutation',
    { file, line: claim.line, column: claim.column },
    'no mutation breaks what this claim is about: expected one in mutations.toml that its test notices',
    `add a line of the pattern and what breaks it, then: npm run mutate -- ${slug}`,
  )

export const staleMutation = (
  at: SourceLocation,
  { file, find }: { file: string; find: string },
  times: number | null,
): Finding =>
  errorAt(
    'mutation',
    at,
    times === null
      ? `this mutation is of ${file}, which is no file of the package`
      : `the text of this mutation stands ${times} times in ${file}, expected once`,
    'take the line as it is now, and see that its test still notices: npm run mutate',
    find.split('\n'),
  )
