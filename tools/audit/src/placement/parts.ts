import { BOUNDS } from '../document/bounds.ts'
import { isBridge, isBuildScript, isPackage, knowsRust } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'

type Snippets = readonly Snippet[]

/** The parts of a page that a reader builds by themselves: its packages, and Rust and C++ that nothing joins. */
export function partsOf(snippets: Snippets): Snippets[] {
  const folders = foldersApart(snippets)
  const ofPackage = ({ path }: Snippet) => folders.find((folder) => path?.startsWith(folder)) ?? ''
  return [...Map.groupBy(snippets, ofPackage).values()].flatMap(ofOneLanguage)
}

/** Rust and C++ by themselves, where nothing joins them. */
function ofOneLanguage(snippets: Snippets): Snippets[] {
  const joined = snippets.some(
    (snippet) =>
      isBridge(snippet) ||
      isBuildScript(snippet) ||
      !['rust', 'cpp'].includes(snippet.language) ||
      (snippet.language === 'rust'
        ? /\bextern\s+"C|#\[(?:unsafe\()?no_mangle/.test(snippet.text)
        : knowsRust(snippet)),
  )
  return joined ? [snippets] : [...Map.groupBy(snippets, ({ language }) => language).values()]
}

/**
 * The folders of packages that a page shows below another package, which knows nothing of them: a reader builds each
 * by itself.
 */
function foldersApart(snippets: Snippets): string[] {
  const outer = snippets.filter(({ path }) => path === 'Cargo.toml')
  const text = outer.map(({ text }) => text).join('\n')
  if (!outer.some(isPackage) || /^[ \t]*\[workspace\b/m.test(text)) return []
  return snippets
    .filter((snippet) => isPackage(snippet) && snippet.path?.endsWith('/Cargo.toml'))
    .map(({ path }) => path!.slice(0, -'Cargo.toml'.length))
    .slice(0, BOUNDS.named)
    .filter(
      (folder) => !new RegExp(`path\\s*=\\s*"(?:\\./)?${RegExp.escape(folder.slice(0, -1))}/?"`).test(text),
    )
}
