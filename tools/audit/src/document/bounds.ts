const MIB = 1024 * 1024

/** What is read of a guide. Nothing that a person reads comes near it, and what is beyond it is said to be unread. */
export const BOUNDS = {
  pageBytes: MIB,
  pageLines: 50_000,
  guideBytes: 32 * MIB,
  /** Files and folders that a folder holds. */
  entries: 100_000,
  /** How deep folders lie in each other. */
  depth: 64,
  /** Of one block. */
  blockCharacters: 100_000,
  /** The snippets of code that a page shows. */
  snippets: 500,
  /** The files that one snippet names, and the rounds in which what it names is looked for. */
  named: 50,
  rounds: 32,
  /** The headers that the code of a page includes. */
  headers: 200,
  /** Of the words that stand right before a block, and right after it. */
  wordsCharacters: 2_000,
  lineCharacters: 1_000,
  /** Of the files that the blocks of a page include, each as often as it is included. */
  includedCharacters: 8 * MIB,
} as const

/** `1,048,576` */
export const counted = (number: number): string => number.toLocaleString('en-US')
