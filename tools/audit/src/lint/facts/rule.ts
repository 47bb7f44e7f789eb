import type { Lint } from '../../verdict.ts'
import type { Code } from './code.ts'
import type { Node } from './syntax.ts'

/** What a rule sees: all code of one page, in its order. It says nothing of what the guide itself calls wrong. */
export type Rule = {
  name: string
  /** Why it goes wrong, in two sentences at most. */
  why: string
  /** The section of our guide that shows the right way, from the repository's root. */
  chapter: string
  find: (codes: readonly Code[]) => readonly Found[]
}

export type Found = {
  code: Code
  /** The lint is at its beginning. */
  node: Node
  sureness: Lint['sureness']
  /** One sentence about this place. */
  message: string
  /** What else was looked at, a line each. */
  detail?: readonly string[]
}
