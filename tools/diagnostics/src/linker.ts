import type { Diagnostic } from './diagnostic.ts'
import { outputLines } from './lines.ts'

/** lld, and GNU ld with gold and mold alike. */
const UNDEFINED = [/undefined symbol: (.+)$/, /undefined reference to [`'](.+)'$/]
const LINKER_LINE = /(?:\bld|\blld|collect2|mold|clang)(?:\.\w+)?: |>>> |undefined reference/
const DETAIL_LINES = 12

/** What a linker says in a diagnostic of rustc: each symbol that nothing defines, once, and the lines that say so. */
export function linkerOutput({ notes }: Pick<Diagnostic, 'notes'>): { symbols: string[]; detail: string[] } {
  const all = notes.flatMap(outputLines)
  const said = all
    .map((line) => line.replace(/^note: /, '').trim())
    .filter((line) => LINKER_LINE.test(line) && !line.startsWith('"'))
  const symbols = said.flatMap((line) =>
    UNDEFINED.flatMap((pattern) => pattern.exec(line)?.[1]?.replace(/\(\.hidden\)/, '') ?? []),
  )
  const detail = said.length > 0 ? said.slice(0, DETAIL_LINES) : all.slice(-DETAIL_LINES)
  return { symbols: [...new Set(symbols)], detail }
}
