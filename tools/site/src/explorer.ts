/** What is compiled there: a g++ that all chapters support, with the flags that their build scripts state. */
const COMPILER = { id: 'g122', options: '-std=c++20 -O2 -Wall -Wextra' }
/** A longer address is refused by servers on its way. */
const LONGEST_SOURCE = 12_000

/**
 * The page of Compiler Explorer for a C++ file; `null` for one that it cannot compile, as it includes more than the
 * standard library and the system have, or is too long for an address.
 */
export function explorerAddress(source: string): string | null {
  const includes = [...source.matchAll(/^\s*#\s*include\s*(.*)$/gm)].map(([, name]) => name!.trim())
  const alone = includes.length > 0 && includes.every((name) => /^<(?:sys\/)?\w+(?:\.h)?>/.test(name))
  if (!alone || source.length > LONGEST_SOURCE) return null
  const state = { sessions: [{ id: 1, language: 'c++', source, compilers: [COMPILER] }] }
  return `https://godbolt.org/clientstate/${Buffer.from(JSON.stringify(state)).toString('base64url')}`
}
