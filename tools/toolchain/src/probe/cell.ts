/** How a cell of the matrix has everything built and run, in place of how a reader does. */
export type Cell = {
  /** As it is called: `g++`, `clang++-19`. */
  cxx: string
  std: (typeof STANDARDS)[number]
  profile: (typeof PROFILES)[number]
  memoryTool: (typeof MEMORY_TOOLS)[number]
}

export const STANDARDS = ['c++17', 'c++20', 'c++23'] as const
export const PROFILES = ['debug', 'release'] as const
/** What checks every program's memory while it runs: nothing, ASan with UBSan and LSan, TSan, or valgrind. */
export const MEMORY_TOOLS = ['plain', 'sanitizers', 'threads', 'memcheck'] as const

/** `g++-12/c++20/debug/plain`. */
export function spellCell({ cxx, std, profile, memoryTool }: Cell): string {
  return [cxx, std, profile, memoryTool].join('/')
}

/** The cell that MATRIX_CELL spells, or `null` where it is not set. Throws on what spells none. */
export function cellAtHand(spelt = process.env.MATRIX_CELL): Cell | null {
  if (!spelt) return null
  const [cxx, ...rest] = spelt.split('/')
  const [std, profile, memoryTool] = rest
  if (
    cxx &&
    rest.length === 3 &&
    isIn(STANDARDS, std) &&
    isIn(PROFILES, profile) &&
    isIn(MEMORY_TOOLS, memoryTool)
  )
    return { cxx, std, profile, memoryTool }
  const wanted = [STANDARDS, PROFILES, MEMORY_TOOLS].map((words) => words.join('|')).join('/')
  throw new Error(`MATRIX_CELL is "${spelt}", expected <compiler>/${wanted}; npm run matrix sets it`)
}

function isIn<T extends string>(words: readonly T[], word: string | undefined): word is T {
  return (words as readonly (string | undefined)[]).includes(word)
}
