import { errorAt } from '../finding/error-at.ts'
import type { SourceLocation } from '../finding/finding.ts'
import type { Chapter, Claim, Example } from './chapter.ts'

/** What an opening fence looks like; every message about one shows it. */
const form = '```rust src/lib.rs#region'

/** How messages name what an example shows. */
export const sourceName = ({ source }: Pick<Example, 'source'>): string =>
  source.region === null ? source.path : `${source.path}#${source.region}`

/** The place of an example's opening fence, or of the source that it names. */
export const atFence = ({ file, line, column }: Example): SourceLocation => ({ file, line, column })
export const atSource = ({ file, line, sourceColumn }: Example): SourceLocation => ({
  file,
  line,
  column: sourceColumn,
})

export const unclosedFence = (at: SourceLocation, fence: string) =>
  errorAt(
    'unclosed-fence',
    at,
    `this fence is never closed: expected a line of ${fence} before the end of the block around it`,
    `close the block with a line of ${fence}`,
  )

export const unknownAttribute = (at: SourceLocation, attribute: string) =>
  errorAt(
    'unknown-attribute',
    at,
    `\`${attribute}\` is no part of an example: expected a language and its source, and nothing else`,
    `write the fence as ${form}, without \`${attribute}\``,
  )

export const noSource = (at: SourceLocation, what: string) =>
  errorAt(
    'no-source',
    at,
    `${what} names no source: expected a fence with a language and a file of the package`,
    `put the code into a file and name it, as in ${form}; a command stands in prose as inline code`,
  )

export const emptyBlock = (at: SourceLocation, source: string | null) =>
  errorAt(
    'empty-block',
    at,
    source === null
      ? 'this block is empty: expected a diagram'
      : `this block is empty: expected the text of ${source}`,
    source === null ? 'draw the diagram or remove the block' : 'npm run sync writes it from its source',
  )

export const fenceInHtml = (at: SourceLocation) =>
  errorAt(
    'fence-in-html',
    at,
    'this fence stands inside HTML, which shows it as plain text: expected a blank line between them',
    'put a blank line after the HTML tag',
  )

export const unclosedComment = (at: SourceLocation) =>
  errorAt(
    'unclosed-comment',
    at,
    'this comment is never closed and hides the rest of the chapter: expected `-->`',
    'close the comment with `-->`',
  )

export const invalidUtf8 = (at: SourceLocation, byte: number) =>
  errorAt(
    'invalid-utf8',
    at,
    `the byte 0x${byte.toString(16).padStart(2, '0')} is not UTF-8 here: expected a text in UTF-8`,
    'save the file as UTF-8',
  )

export const claimUnlinked = (at: SourceLocation, what: string) =>
  errorAt(
    'claim-unlinked',
    at,
    `${what}: expected a link [proved](tests/file.rs#test_name) to the test that proves it`,
    'link the test that proves it, or remove the claim',
  )

export const claimHeading = (at: SourceLocation, found: string) =>
  errorAt(
    'claim-heading',
    at,
    `what stands under "${found}" is no claim: expected the heading "What can go wrong"`,
    'write the heading as "## What can go wrong"',
  )

export const claimTargetMissing = ({ file }: Pick<Chapter, 'file'>, claim: Claim) =>
  errorAt(
    'claim-target-missing',
    { file, line: claim.line, column: claim.column },
    `the claim's link leads to ${claim.file === '' ? 'no file' : claim.file}: expected a file of the package`,
    'name the test as [proved](tests/file.rs#test_name), from the package’s folder',
  )
