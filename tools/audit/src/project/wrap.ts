import { isLeftOpen } from '../snippet/elision.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { added, type Line } from './project.ts'

/** Where a snippet has statements outside of any function: from the first line of them to the last, 0-based. */
export function statementLines(snippet: Snippet): { from: number; to: number } | null {
  const statements = snippet.outline.segments.filter(({ kind }) => kind === 'statement')
  if (statements.length === 0) return null
  const rows = snippet.outline.code.split('\n')
  const textOf = ({ firstLine, lastLine }: Lines) => rows.slice(firstLine, lastLine + 1).join('\n')
  if (
    snippet.language === 'rust' &&
    IS_WHOLE.test(snippet.outline.code) &&
    statements.map(textOf).every(isItemMacro)
  )
    return null
  return { from: statements[0]!.firstLine, to: statements.at(-1)!.lastLine }
}

type Lines = { firstLine: number; lastLine: number }

/** A file with a program or a test of its own, whose macro calls beside them stand for items. */
const IS_WHOLE = /\bfn\s+main\s*\(|#\[\s*(?:\w+::)*test\b/
const ONLY_IN_FUNCTIONS =
  /^(?:e?print(?:ln)?|(?:debug_)?assert(?:_eq|_ne)?|dbg|format|join|matches|panic|pin|select|todo|try_join|unimplemented|unreachable|vec|write(?:ln)?)$/

function isItemMacro(text: string): boolean {
  const name = /^\s*(?:#\[[^\]\n]*\]\s*)*(?:\w+::)*(\w+)!\s*[({[]/.exec(text)?.[1]
  return name !== undefined && !ONLY_IN_FUNCTIONS.test(name)
}

const nameOf = ({ lines }: Snippet, from: number) => `shown_at_line_${(lines[from] ?? lines[0]!).at.line}`

/** The name of the test that statements are wrapped in of which their fence says `should_panic`. */
export function panickingTest(snippet: Snippet): string | null {
  const { end, language, noRun, outline } = snippet
  if (end.saidBy !== 'its fence' || language !== 'rust' || noRun || /\.await\b/.test(outline.code))
    return null
  const statements = statementLines(snippet)
  return statements === null ? null : nameOf(snippet, statements.from)
}

/** The function that statements of a guide stand in, when a reader tries them. */
export function wrapped(
  snippet: Snippet,
  lines: readonly Line[],
  from: number,
  to: number,
): { lines: Line[]; text: string; asynchronous: boolean } {
  const code = snippet.outline.code
    .split('\n')
    .slice(from, to + 1)
    .join('\n')
  const name = nameOf(snippet, from)
  if (snippet.language === 'cpp') {
    const head = `[[maybe_unused]] static void ${name}() {`
    return {
      lines: [
        ...lines.slice(0, from),
        added(head),
        ...lines.slice(from, to + 1),
        added('}'),
        ...lines.slice(to + 1),
      ],
      text: `${head} ... }`,
      asynchronous: false,
    }
  }
  const asynchronous = /\.await\b/.test(code)
  const fallible = /\?\s*[;.)\n]/.test(code)
  const tail = code.trimEnd()
  // What ends without a semicolon is a value, which the function then has to let go.
  const value = !/[;}]$/.test(tail)
  const test = panickingTest(snippet) === null ? '' : '#[test] #[should_panic] '
  const head = `${test}#[allow(dead_code, unused)] ${asynchronous ? 'async ' : ''}fn ${name}()${fallible ? ' -> Result<(), Box<dyn std::error::Error>>' : ''} {${value ? ' let _ = {' : ''}`
  const end = `${value ? '};' : ''}${fallible ? ' Ok(())' : ''} }`
  return {
    lines: [
      ...lines.slice(0, from),
      added(head),
      ...lines.slice(from, to + 1),
      added(end),
      ...lines.slice(to + 1),
    ],
    text: `${head} ... ${end}`,
    asynchronous,
  }
}

/** Whether a snippet ends where a body begins, and none of these goes on with it. */
export const isCutOff = (snippet: Snippet, parts: readonly Snippet[]): boolean =>
  snippet.outline.unclosed > 0 &&
  isLeftOpen(snippet.outline.code) &&
  !parts.some(
    ({ path, number, outline }) => path === snippet.path && number > snippet.number && outline.unopened > 0,
  )

/** The text of a snippet that is cut off, with the braces that it leaves open closed right there. */
export function closed({ text, language, outline: { code, unclosed } }: Snippet): string {
  const end = code.trimEnd().length
  return `${text.slice(0, end)}${(language === 'rust' ? ' }' : ' };').repeat(unclosed)}${text.slice(end)}`
}
