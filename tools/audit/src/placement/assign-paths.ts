import { hasMain, isBridge, isBuildScript, isHeaderLike, modules, packageName } from '../snippet/facts.ts'
import { nearest } from '../snippet/nearest.ts'
import { usualPlace } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { begins, continued, headerPath, sourcePath, wantedHeaders } from './assign-cxx.ts'
import {
  bridgePath,
  followed,
  modulePath,
  programPath,
  rootPath,
  takersOf,
  usesCrate,
} from './assign-rust.ts'
import { sideBySide } from './no-crate.ts'

/** Gives every snippet of a page the file that it goes into, where the guide does not name it. */
export function assignPaths(snippets: readonly Snippet[]): Snippet[] {
  const folders = new Set(
    snippets.flatMap(({ path, language }) =>
      language === 'toml' && path?.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : [],
    ),
  )
  // Where several packages are shown, each in its folder, that is a part of what the page says.
  const names = new Set(folders.size > 1 ? [] : snippets.flatMap((snippet) => packageName(snippet) ?? []))
  const placed: Snippet[] = snippets.map((snippet) =>
    snippet.path === null ? snippet : { ...snippet, path: settle(snippet.path, names) },
  )
  const scripts = () => placed.filter(isBuildScript)
  const put = (at: number, path: string | null) => {
    if (path !== null)
      placed[at] = { ...placed[at]!, path: placed[at]!.isC ? path.replace(/\.(?:cc|cpp|cxx)$/, '.c') : path }
  }
  const each = (give: (snippet: Snippet, at: number) => string | null) => {
    for (let at = 0; at < placed.length; at++) if (placed[at]!.path === null) put(at, give(placed[at]!, at))
  }
  each((snippet) => {
    if (snippet.language === 'toml') return 'Cargo.toml'
    if (snippet.language === 'cmake') return 'CMakeLists.txt'
    return isBuildScript(snippet) ? 'build.rs' : null
  })
  each((snippet) =>
    isBridge(snippet) ? bridgePath(snippet, placed, nearest(snippet, scripts()), names) : null,
  )
  each((snippet) => {
    if (snippet.language !== 'rust') return null
    if (hasMain(snippet)) return programPath(snippet)
    if (/#\[(?:\w+::)*test\b/.test(snippet.outline.code) && usesCrate(snippet, names))
      return `tests/guide_${snippet.number}.rs`
    return null
  })
  each((snippet) => (modules(snippet).length > 0 ? rootPath(snippet, placed, names) : null))
  const takers = takersOf(snippets)
  each((snippet) => (snippet.language === 'rust' ? modulePath(snippet, placed, takers) : null))
  each((snippet, at) => (snippet.language === 'rust' ? followed(snippet, at, placed, names) : null))
  placeHeaders()
  each((snippet) =>
    snippet.language === 'cpp' && begins(snippet)
      ? sourcePath(snippet, placed, nearest(snippet, scripts()))
      : null,
  )
  each((snippet, at) =>
    snippet.language === 'cpp'
      ? (continued(snippet, at, placed) ?? sourcePath(snippet, placed, nearest(snippet, scripts())))
      : null,
  )
  return sideBySide(placed, snippets)

  // That one first of which least can be thought; of more than a page can be about, the first.
  function placeHeaders(): void {
    const wanted = wantedHeaders(placed)
    const placeOf = (at: number) =>
      headerPath(placed[at]!, placed, wanted, nearest(placed[at]!, scripts()), names)
    let open = placed.flatMap((snippet, at) => (snippet.path === null && isHeaderLike(snippet) ? [at] : []))
    while (open.length > 0) {
      const ranked = open.slice(0, open.length > RANKED ? 1 : RANKED).map((at) => ({ at, ...placeOf(at) }))
      const { at, path } = ranked.reduce((one, other) => (other.choice < one.choice ? other : one))
      put(at, path)
      open = open.filter((other) => other !== at)
    }
  }
}

const RANKED = 20

/** A path of the guide as one of the package: without the package's own folder before it. */
function settle(path: string, packages: ReadonlySet<string>): string {
  const [first, ...rest] = path.split('/')
  return usualPlace(rest.length > 0 && packages.has(first!) ? rest.join('/') : path)
}
