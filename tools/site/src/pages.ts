import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contents } from '@cookbook/guide'
import type { Repository } from './repository.ts'

/** The pages of the site: files of the repository, as they are. */
export type Pages = {
  /** The page of each file, as VitePress wants it: `patterns/oneshot/README.md` to `oneshot/index.md`. */
  rewrites: Record<string, string>
  /** The Markdown files that are no page. */
  excluded: string[]
  sidebar: { text: string; items: { text: string; link: string }[] }[]
}

const CHAPTER = /^patterns\/([^/]+)\/README\.md$/
const OTHERS = /^(?:README|CONTRIBUTING|CHANGELOG|SECURITY|docs\/[\w-]+|crates(?:\/[\w-]+)?\/README)\.md$/
/** Pages that the site alone has. */
const OWN = /^tools\/site\/pages\/([\w-]+)\.md$/

/** Sorts the Markdown files of a repository into pages and others; the sidebar has the order of README.md's table. */
export function pagesOf({ root, pages: files }: Repository): Pages {
  const text = (path: string) => readFileSync(join(root, path), 'utf8')
  const rewrites = Object.fromEntries(files.filter(isPage).map((path) => [path, pageOf(path)] as const))
  const listed = contents(text('README.md'), 'README.md').map(({ slug }) => `patterns/${slug}/README.md`)
  const chapters = [...new Set([...listed, ...files.filter((path) => CHAPTER.test(path))])]
  const item = (path: string) => ({
    text: path === 'README.md' ? 'Overview' : headingOf(text(path)),
    link: addressOf(rewrites[path]!),
  })
  const group = (title: string, paths: readonly string[]) => ({
    text: title,
    items: paths.filter((path) => path in rewrites).map(item),
  })
  const below = (folder: string) => files.filter((path) => path.startsWith(folder))
  return {
    rewrites,
    excluded: files.filter((path) => !isPage(path)),
    sidebar: [
      group('Start', ['README.md', ...files.filter((path) => OWN.test(path))]),
      group('Chapters', chapters),
      group('Library', below('crates/')),
      group('Reference', below('docs/')),
      group('Project', ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']),
    ],
  }
}

/** `/oneshot/` of `oneshot/index.md`, `/docs/errors.html` of `docs/errors.md`. */
export const addressOf = (page: string): string =>
  `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')}`

const isPage = (path: string) => [CHAPTER, OTHERS, OWN].some((pattern) => pattern.test(path))

const pageOf = (path: string) =>
  path
    .replace(CHAPTER, '$1/index.md')
    .replace(OWN, '$1.md')
    .replace(/(^|\/)README\.md$/, '$1index.md')

/** The first heading without its markup, as far as its colon. */
function headingOf(markdown: string): string {
  const heading = /^# (.+)$/m.exec(markdown)?.[1] ?? ''
  return heading
    .replaceAll('`', '')
    .replace(/:\s.*$/, '')
    .trim()
}
