import { errorAt, type Finding, locate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { codeOf, type Language, lineAt } from '../source/code-text.ts'
import { type Definition, definitionsIn } from '../source/definitions.ts'

/** A definition with its own text, without those that stand in it. */
type Shown = Definition & { path: string; line: number; body: string }

/**
 * The macros and templates of shown code that nothing uses: a compiler reads over them. `rust` and `cpp` hold the texts
 * of all that was compiled, by path from the package's folder.
 */
export function unusedCode(
  { pkg }: Verification,
  shown: readonly string[],
  texts: Readonly<Record<Language, ReadonlyMap<string, string>>>,
): Finding[] {
  return (['rust', 'cpp'] as const).flatMap((language) =>
    unusedIn(shown, texts[language], language).map(({ path, line, what, name }) =>
      errorAt(
        'not-compiled',
        locate(pkg, path, line, 1),
        `nothing uses the ${what} ${name}, so no compiler judges what it stands for`,
        'use it where a program or a test does, or remove it',
      ),
    ),
  )
}

/** Those that nothing uses but they themselves and others of them. */
function unusedIn(shown: readonly string[], texts: ReadonlyMap<string, string>, language: Language): Shown[] {
  const definitions: Shown[] = []
  let used = ''
  for (const [path, text] of texts) {
    const code = codeOf(text, language)
    const own = shown.includes(path) ? definitionsIn(code, language) : []
    for (const { index, end, ...rest } of own) {
      const within = own.filter((other) => other.index > index && other.end <= end)
      const body = without(code.slice(0, end), within).slice(index)
      definitions.push({ ...rest, index, end, path, line: lineAt(code, index), body })
    }
    const outside = without(code, own)
    // A conditional asks for a name, and expands nothing.
    used += language === 'rust' ? outside : outside.replace(/^[ \t]*#[ \t]*(?:undef|el?if)\w*\b.*/gm, '')
    used += '\n'
  }
  let unused = definitions
  for (let more = used; more !== ''; ) {
    const isUsed = ({ name }: Definition) =>
      new RegExp(language === 'rust' ? `\\b${name}\\s*!(?!=)` : `\\b${name}\\b`).test(more)
    const found = unused.filter(isUsed)
    unused = unused.filter((each) => !found.includes(each))
    more = found.map(({ body }) => body).join('\n')
  }
  return unused
}

/** The text with spaces in place of these definitions. */
function without(code: string, definitions: readonly Definition[]): string {
  let text = code
  for (const { index, end } of definitions)
    text = text.slice(0, index) + text.slice(index, end).replace(/[^\n]/g, ' ') + text.slice(end)
  return text
}
