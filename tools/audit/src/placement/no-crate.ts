import { named } from '../snippet/cmake-facts.ts'
import { baseOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'

/**
 * Puts the files of a page that shows no crate side by side, as a reader does who is told of no folders: all but those
 * of which the page says that they stand in one. `told` are the snippets as the page names them.
 */
export function sideBySide(placed: readonly Snippet[], reported: readonly Snippet[]): Snippet[] {
  if (placed.some(({ language }) => language === 'rust' || language === 'toml')) return [...placed]
  const text = reported.map((snippet) => snippet.text).join('\n')
  const folders = reported
    .filter(({ language }) => language === 'cmake')
    .flatMap((snippet) => named(snippet.text).folders)
  return placed.map((snippet, at) => {
    const path = snippet.path!
    const folder = path.slice(0, path.lastIndexOf('/'))
    const said = reported[at]!.path?.includes('/') || text.includes(path) || folders.includes(folder)
    return said ? snippet : { ...snippet, path: baseOf(path) }
  })
}
