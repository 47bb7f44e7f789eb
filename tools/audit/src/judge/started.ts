/** The commands by which guides start a section's program. Any other may start another one. */

const CARGO = /^cargo (?:run|r)(?: (?:-q|--quiet))?$/
/** Of what is compiled by hand, nobody knows the name that a guide gives it. */
const BY_PATH = /^(?:\.\/)?(?:[\w.-]+\/)*[\w.-]+$/
/** What comes before such a program is started, and prints nothing of it. */
const MAKES = /^(?:g\+\+|c\+\+|clang\+\+)(?:-\d+)? |^(?:cmake|make|ninja|mkdir|cd)\b/

/** What the parts of a command line do: start the program and nothing else, only make it, or anything. */
export function startedBy(line: string, command: string): 'it' | 'nothing' | 'anything' {
  if (command === 'cargo run') return CARGO.test(line) ? 'it' : 'anything'
  const parts = line.split('&&').map((part) => part.trim())
  const last = parts.pop()!
  if (!parts.every((part) => MAKES.test(part))) return 'anything'
  if (MAKES.test(last)) return 'nothing'
  return BY_PATH.test(last) && last.includes('/') ? 'it' : 'anything'
}
