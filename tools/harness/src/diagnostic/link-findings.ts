import { type Diagnostic, declarationOf, linkerOutput, type ToolLocation } from '@cookbook/diagnostics'
import type { Finding, PatternPackage } from '@cookbook/guide'
import { MANIFEST, sourceFinding } from './source-finding.ts'

/** What a linker says: each symbol that nothing defines, where it is declared. */
export function linkFindings(
  pkg: PatternPackage,
  { message, notes }: Pick<Diagnostic, 'message' | 'notes'>,
): Finding[] {
  const { symbols, detail } = linkerOutput({ notes })
  if (symbols.length === 0) return [sourceFinding(pkg, MANIFEST, { message: `linker: ${message}`, detail })]
  return symbols.map((symbol) =>
    sourceFinding(pkg, declaredAt(pkg, symbol), {
      message: `linker: nothing defines ${symbol}, expected a definition in a file that build.rs compiles`,
      detail,
      fix: 'define it in a file that build.rs names with .file(...), or fix its declaration',
    }),
  )
}

function declaredAt(pkg: PatternPackage, symbol: string): ToolLocation {
  const name = /([A-Za-z_]\w*)(?:\(|$)/.exec(symbol)?.[1] ?? symbol
  for (const [path, { text }] of pkg.files) {
    if (!/\.(?:h|hh|hpp)$/.test(path)) continue
    for (const [index, line] of text.lines.entries()) {
      const found = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`).exec(line)
      if (found) return { path, line: index + 1, column: found.index + 1 }
    }
  }
  for (const [path, { text }] of pkg.files) {
    const declared = path.endsWith('.rs') ? declarationOf(text.lines, name) : null
    if (declared !== null) return { path, ...declared }
  }
  return { path: 'build.rs', line: 1, column: 1 }
}
