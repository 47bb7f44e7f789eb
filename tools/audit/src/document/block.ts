/** A position of the guide, as its author finds it: 1-based, a tab is one column. */
export type Position = { file: string; line: number; column: number }

/** One line of a block, and where the guide holds it. */
export type CodeLine = {
  /** As a reader copies it: no container prefix, no marker of a hidden line. */
  text: string
  /** Its line and the column at which `text` begins; of another file where an mdBook includes it. */
  at: Position
  /** A line that mdBook or rustdoc hides from the page and compiles all the same. */
  hidden: boolean
  /** A line that no page has: what a test of documentation puts around an example. */
  added?: boolean
}

/** A fenced block of a guide, with the words around it that say what it is. */
export type Block = {
  /** Of the page that shows it. */
  file: string
  /** The opening fence. */
  line: number
  column: number
  /** The closing fence. */
  endLine: number
  /** The first word of the info string in small letters; empty where it says nothing. */
  lang: string
  /** The rest of the info string, taken apart: `ignore`, `should_panic`, `edition2021`, `src/main.rs`. */
  attributes: readonly string[]
  lines: readonly CodeLine[]
  /** The headings that it stands under, from the page's title down, as plain text. */
  headings: readonly Heading[]
  /** What stands between the block before it, or the heading, and this one; and after it up to the next. Inline code keeps its backticks. */
  before: string
  after: string
  /** Why what it shows could not be read, though the page is right: it is not tried. */
  unread?: string
  /** The page that it stands for, as the page that includes it names it: a path from there. */
  includes?: string
  /** Why its page leaves it out of an audit, by a comment before it. */
  leftOut?: string
  /**
   * `library` is a file of the package that is documented, which no page shows and of which there is no verdict;
   * `example` is tried by itself with that package, as a test of documentation is.
   */
  role?: 'library' | 'example'
  /** What a library and its examples have in common, where that is not the page. */
  unit?: string
}

export type Heading = { depth: number; text: string; line: number }

/** A page of a guide in the reading order. */
export type Page = { file: string; title: string; blocks: readonly Block[] }
