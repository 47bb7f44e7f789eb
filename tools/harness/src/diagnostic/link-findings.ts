import type { Finding, PatternPackage } from '@cookbook/guide'
import type { RustDiagnostic } from './cargo-messages.ts'
import { declarationOf } from './generated.ts'
import { sourceFinding } from './source-finding.ts'

/** lld, and GNU ld with gold and mold alike. */
const UNDEFINED = [/undefined symbol: (.+)$/, /undefined reference to [`'](.+)'$/]
const LINKER_LINE = /(?:\bld|\blld|collect2|mold|clang)(?:\.\w+)?: |>>> |undefined reference/
const DETAIL_LINES = 12

/** What a linker says: each symbol that nothing defines, where it is declared. */
export function linkFindings(pkg: PatternPackage, { message, notes }: RustDiagnostic): Finding[] {
  const said = notes
    .flatMap((note) => note.split('\n'))
    .map((line) => line.replace(/^note: /, '').trim())
    .filter((line) => LINKER_LINE.test(line) && !line.startsWith('"'))
  const symbols = new Set(
    said.flatMap((line) =>
      UNDEFINED.flatMap((pattern) => pattern.exec(line)?.[1]?.replace(/\(\.hidden\)/, '') ?? []),
    ),
  )
  const detail = said.slice(0, DETAIL_LINES)
  if (symbols.size === 0) {
    const words = detail.length > 0 ? detail : notes.flatMap((note) => note.split('\n')).slice(-DETAIL_LINES)
    return [sourceFinding(pkg, 'Cargo.toml', 1, 1, { message: `linker: ${message}`, detail: words })]
  }
  return [...symbols].map((symbol) => {
    const { path, line, column } = declaredAt(pkg, symbol)
    return sourceFinding(pkg, path, line, column, {
      message: `linker: nothing defines ${symbol}, expected a definition in a file that build.rs compiles`,
      detail,
      remedy: 'define it in a file that build.rs names with .file(...), or mend its declaration',
    })
  })
}

export function isLinkError({ message }: RustDiagnostic): boolean {
  return /^linking with .+ failed/.test(message)
}

function declaredAt(pkg: PatternPackage, symbol: string): { path: string; line: number; column: number } {
  const name = /([A-Za-z_]\w*)(?:\(|$)/.exec(symbol)?.[1] ?? symbol
  for (const [path, { text }] of pkg.files) {
    if (!/\.(?:h|hh|hpp)$/.test(path)) continue
    for (const [index, line] of text.lines.entries()) {
      const found = new RegExp(`\\b${name}\\b`).exec(line)
      if (found) return { path, line: index + 1, column: found.index + 1 }
    }
  }
  for (const [path, { text }] of pkg.files) {
    const declared = path.endsWith('.rs') ? declarationOf(text.lines, name) : null
    if (declared !== null) return { path, ...declared }
  }
  return { path: 'build.rs', line: 1, column: 1 }
}
