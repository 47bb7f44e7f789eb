import type { CAUSES } from './causes.ts'

/** Every problem that the guide tools can name. */
export type FindingCode = keyof typeof CAUSES

/** A position of the repository. */
export type SourceLocation = {
  /** Path from the repository's root, with forward slashes. */
  file: string
  /** 1-based; a tab counts as one column, as compilers and editors count characters. */
  line: number
  column: number
}

/** One problem: where it is, what was found, what was expected and what fixes it. */
export type Finding = SourceLocation & {
  code: FindingCode
  severity: 'error' | 'warning'
  /** One sentence: what was found and what was expected. */
  message: string
  /** More lines to show below the message: a diff, a compiler's words. */
  detail: readonly string[]
  /** What to do, with the command that does it where there is one. */
  fix: string
}
