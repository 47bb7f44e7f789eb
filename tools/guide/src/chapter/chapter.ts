import type { Finding } from '../finding/finding.ts'
import type { Text } from '../text/text.ts'

/** Where an example says its text comes from: a file of its package, or a region of one. */
export type Source = {
  /** Path from the package's folder, with forward slashes. */
  path: string
  region: string | null
}

/** One fenced block of a chapter that names its source. Lines and columns are 1-based. */
export type Example = {
  /** The chapter, as a path from the repository's root. */
  file: string
  lang: string
  source: Source
  /** The opening fence. */
  line: number
  column: number
  /** The opening fence's own characters, such as three backticks. */
  fence: string
  /** Where the opening fence's line names the source. */
  sourceColumn: number
  /** The first line of the content; the content's own columns start after `indent` characters. */
  contentLine: number
  indent: number
  /** As `indent`, for each line of the content: container prefixes need not be of one length. */
  indents: readonly number[]
  /** The closing fence. */
  endLine: number
  /** The content as a reader copies it: line feeds only, no container prefix, no final line feed. */
  text: string
}

/** A sentence that links to the test that proves it; the position is the link's. */
export type Claim = {
  text: string
  line: number
  column: number
  /** Path from the package's folder, and the name after `#`. */
  file: string
  name: string | null
}

/** Why a line of an example never runs, as a comment below it says; the position is the comment's. */
export type Reason = {
  line: number
  column: number
  /** The line as it is shown, without its indentation. */
  code: string
  why: string
  example: Example
}

/** What a chapter says, as data. `findings` holds what is malformed; the rest is still usable. */
export type Chapter = {
  /** Path of the README.md from the repository's root. */
  file: string
  /** The page itself, and its bytes as they were read. */
  bytes: Uint8Array
  text: Text
  /** The text of the first heading of level 1, or the empty string. */
  title: string
  /** The first paragraph, for the table of contents. */
  opening: string
  examples: readonly Example[]
  claims: readonly Claim[]
  /** Whether it has the section that lists them. */
  hasClaimsSection: boolean
  reasons: readonly Reason[]
  findings: readonly Finding[]
}
