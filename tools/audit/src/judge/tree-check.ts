import type { Block } from '../document/block.ts'
import type { Tree } from '../document/tree.ts'
import { languageOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { BlockVerdict } from '../verdict.ts'

/** Holds a directory tree against the files that its page shows: what the page names must be in the tree. */
export function checkTree(
  block: Block,
  tree: Tree,
  snippets: readonly Snippet[],
): Pick<BlockVerdict, 'verdict' | 'reason' | 'error'> {
  const files = tree.entries.filter(({ folder, path }) => !folder && languageOf(path) !== null)
  const shown = new Set(snippets.filter(({ page }) => page === block.file).flatMap(({ path }) => path ?? []))
  const fits = (path: string) => [...shown].some((own) => own === path || path.endsWith(`/${own}`))
  const absent = files.filter(({ path }) => !fits(path))
  if (absent.length === 0)
    return {
      verdict: 'not code',
      reason: 'a directory tree; the guide shows each source file in it',
      error: null,
    }
  const names = absent.map(({ path }) => path).join(', ')
  return {
    verdict: 'not code',
    reason: `a directory tree with files that the guide does not show: ${names}`,
    error: null,
  }
}
