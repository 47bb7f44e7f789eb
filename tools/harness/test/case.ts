import type { FloorName } from '@cookbook/toolchain'

/** Changes of the base pattern, by path from its folder. */
export type Change = {
  /** Text and what takes its place; each text stands in its file exactly once. */
  edits?: Readonly<Record<string, readonly (readonly [string, string])[]>>
  /** Files that come or are replaced as a whole. */
  adds?: Readonly<Record<string, string>>
  removes?: readonly string[]
  /** The changed files look as if nobody had touched them for years. */
  longAgo?: true
  /** Leaves the chapter's examples as they are, where `sync` would write them from their sources. */
  unsynced?: true
}

/** One way to break the base pattern. What a person then sees lies beside it, as a .txt of the same name. */
export type Case = Change & {
  /** What is wrong, as the name of a test. */
  title: string
  /** A change that is right, and is verified first: the rest comes on top of its build. */
  first?: Change
  env?: Readonly<Record<string, string>>
  /** A tool that not every machine has; without it the case is skipped. */
  needs?: FloorName
}
