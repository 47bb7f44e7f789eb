import type { Block, CodeLine, Heading } from './block.ts'
import { BOUNDS } from './bounds.ts'

/** A block of code as it is found: in rows of its document, from 0, that it fills from the first to the last. */
export type Draft = Pick<
  Block,
  'file' | 'lang' | 'attributes' | 'unread' | 'includes' | 'leftOut' | 'line' | 'column' | 'endLine'
> & {
  from: number
  to: number
  lines: readonly CodeLine[]
}

export type Prose = { kind: 'words'; text: string } | { kind: 'heading'; heading: Heading }

/** Blocks with the headings that each stands under, and the words around it. `above` are headings of the document around. */
export function blocksOf(
  drafts: readonly Draft[],
  gaps: readonly (readonly Prose[])[],
  above: readonly Heading[] = [],
): { blocks: Block[]; headings: Heading[] } {
  const headings: Heading[] = []
  const path: Heading[] = [...above]
  const enter = (heading: Heading) => {
    headings.push(heading)
    while (path.length > above.length && path.at(-1)!.depth >= heading.depth) path.pop()
    path.push(heading)
  }
  const blocks = drafts.map(({ from: _, to: __, ...draft }, index): Block => {
    for (const part of gaps[index]!) if (part.kind === 'heading') enter(part.heading)
    const last = gaps[index]!.findLastIndex(({ kind }) => kind === 'heading')
    const next = gaps[index + 1]!
    const first = next.findIndex(({ kind }) => kind === 'heading')
    return {
      ...draft,
      headings: [...path],
      before: wordsOf(gaps[index]!.slice(last + 1)).slice(-BOUNDS.wordsCharacters),
      after: wordsOf(next.slice(0, first < 0 ? undefined : first)).slice(0, BOUNDS.wordsCharacters),
    }
  })
  for (const part of gaps.at(-1)!) if (part.kind === 'heading') headings.push(part.heading)
  return { blocks, headings }
}

/** What a page is called: by its first heading of the first depth, else by any. */
export const titleOf = (headings: readonly Heading[], file: string): string =>
  headings.find(({ depth }) => depth === 1)?.text ?? headings[0]?.text ?? file

/** Paragraphs, with one blank line between them. */
function wordsOf(prose: readonly Prose[]): string {
  const lines = prose.map((part) => (part.kind === 'words' ? plain(part.text) : ''))
  return lines
    .filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''))
    .join('\n')
    .trim()
}

/** Without links' targets and emphasis, and with one blank between words; inline code keeps its backticks. */
export function plain(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/(`[^`]*`)|(\*\*|__|\*(?=\S)|(?<=\S)\*|<\/?[a-z][^<>]*>)/g, (_, code) => code ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}
