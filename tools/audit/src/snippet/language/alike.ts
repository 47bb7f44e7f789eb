/** Whether two names are meant to be one. */

/** Whether one name begins with the other, or differs from it by a letter or two. */
export function isLike(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 4 && long.startsWith(short)) return true
  return long.length <= 64 && distance(a, b) <= (long.length > 5 ? 2 : 1)
}

/** Whether a name is another one with a letter that is wrong, missing or too much. */
export const isMisspelt = (name: string, known: string): boolean =>
  name.length >= 4 && name.length <= 64 && distance(name, known) === 1

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1]
    for (const [other, second] of [...b].entries())
      next.push(Math.min(row[other + 1]! + 1, next[other]! + 1, row[other]! + (letter === second ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** Words of C++ that are no names. */
export const KEYWORD =
  /^(?:alignas|auto|bool|break|case|catch|char|class|concept|const\w*|continue|co_\w+|default|delete|do|double|else|enum|explicit|export|extern|false|final|float|for|friend|goto|if|import|inline|int|long|module|mutable|namespace|new|noexcept|nullptr|operator|override|private|protected|public|requires|return|short|signed|sizeof|static|struct|switch|template|this|throw|true|try|typename|union|unsigned|using|virtual|void|volatile|while)$/

/** What rust/cxx.h declares. */
export const CXX_NAMES = ['Box', 'Error', 'Fn', 'Opaque', 'Slice', 'String']

/** Whether one name is a type's and the other its variable's; the underscore at the end of a member makes another name. */
export const isOfOneType = (a: string, b: string): boolean =>
  plainName(a) === plainName(b) && a !== `${b}_` && b !== `${a}_`

const plainName = (name: string) => name.replaceAll('_', '').toLowerCase()
