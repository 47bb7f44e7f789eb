import type { Chapter, Example } from '../chapter/chapter.ts'
import type { Entry } from '../contents/contents.ts'

type Neighbour = Pick<Entry, 'slug' | 'title'>

/** A block's own file, as a link on a line of its own. */
const FILE = /^[ >]*\[`[^`]+`\]\([^)]+\)$/
/** The last line of a chapter. */
const FOOT = /^(?:Previous: |Next: |\[All chapters\])/
const ALL = '[All chapters](../../README.md#which-chapter-do-i-need)'

/**
 * A chapter's text with what leads a reader through it: above each block the name of its file, which an info string
 * does not show on a code host, as a link; and below all of it the chapters before and after it. `contents` are the
 * chapters in their order; one that is not among them stays as it is.
 */
export function withSignposts(chapter: Chapter, contents: readonly Neighbour[]): string {
  const { lines, bom, raw } = chapter.text
  const at = contents.findIndex(({ slug }) => chapter.file === `patterns/${slug}/README.md`)
  if (at < 0) return (bom ? '\ufeff' : '') + raw
  const names = new Map(chapter.examples.map((example) => [example.line - 1, nameOf(example, lines)]))
  const written = lines.flatMap((line, index) => {
    if (names.has(index + 1) && FILE.test(line)) return []
    const name = names.get(index)
    return name === undefined ? [line] : [name, line]
  })
  while (written.at(-1) === '' || FOOT.test(written.at(-1) ?? '')) written.pop()
  const end = /\r\n|\n|\r/.exec(raw)?.[0] ?? '\n'
  return (bom ? '\ufeff' : '') + [...written, '', footOf(contents[at - 1], contents[at + 1]), ''].join(end)
}

function nameOf({ line, column, source: { path } }: Example, lines: readonly string[]): string {
  const before = [...lines[line - 1]!].slice(0, column - 1).join('')
  return `${before.replace(/[^>\s]/g, ' ')}[\`${path}\`](${path})`
}

function footOf(before: Neighbour | undefined, after: Neighbour | undefined): string {
  const link = (what: string, to: Neighbour | undefined) =>
    to === undefined ? [] : [`${what}: [${to.title}](../${to.slug}/README.md)`]
  return [...link('Previous', before), ...link('Next', after), ALL].join(' · ')
}
