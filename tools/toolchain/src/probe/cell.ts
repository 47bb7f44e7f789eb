/** How a cell of the matrix has everything built and run, in place of how a reader does. */
export type Cell = {
  /** As it is called: `g++`, `clang++-19`. */
  cxx: string
  std: (typeof STANDARDS)[number]
  profile: (typeof PROFILES)[number]
  watch: (typeof WATCHES)[number]
}

export const STANDARDS = ['c++17', 'c++20', 'c++23'] as const
export const PROFILES = ['debug', 'release'] as const
/** What watches every program while it runs: nothing, ASan with UBSan and LSan, TSan, or valgrind. */
export const WATCHES = ['plain', 'sanitizers', 'threads', 'memcheck'] as const

/** `g++-12/c++20/debug/plain`. */
export function spellCell({ cxx, std, profile, watch }: Cell): string {
  return [cxx, std, profile, watch].join('/')
}

/** The cell that MATRIX_CELL spells, or `null` where it is not set. Throws on what spells none. */
export function cellAtHand(spelt = process.env.MATRIX_CELL): Cell | null {
  if (!spelt) return null
  const [cxx, ...rest] = spelt.split('/')
  const [std, profile, watch] = rest
  if (cxx && rest.length === 3 && isIn(STANDARDS, std) && isIn(PROFILES, profile) && isIn(WATCHES, watch))
    return { cxx, std, profile, watch }
  const wanted = [STANDARDS, PROFILES, WATCHES].map((words) => words.join('|')).join('/')
  throw new Error(`MATRIX_CELL is "${spelt}", expected <compiler>/${wanted}; npm run matrix sets it`)
}

function isIn<T extends string>(words: readonly T[], word: string | undefined): word is T {
  return (words as readonly (string | undefined)[]).includes(word)
}
