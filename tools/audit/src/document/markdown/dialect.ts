import type { Heading, Position } from '../block.ts'

/** What is other in Markdown of some kind. */
export type Dialect = {
  /** `{{#playground FILE}}` of mdBook. */
  playgrounds?: boolean
  /** JSX, and nothing that is code by its indentation. */
  mdx?: boolean
  /** A fence that is not closed ends with the document, as in rustdoc. */
  rustdoc?: boolean
  /** The headings that the whole stands under. */
  above?: readonly Heading[]
}

export type Report = (at: Position, message: string) => void
