import { createRequire } from 'node:module'
import type { Example } from '../chapter/chapter.ts'
import { sourceName } from '../chapter/problem.ts'
import { errorAt } from '../finding/error-at.ts'
import type { Finding } from '../finding/finding.ts'
import type { Region } from '../text/region.ts'
import { columnAt } from '../text/text.ts'

/** Lines of a diff that a finding shows at most. */
const limit = 40

/** Compares an example with its source; the finding stands at the first character that differs. */
export function drift(example: Example, source: Pick<Region, 'text'>): Finding | null {
  if (example.text === source.text) return null
  const chapter = example.text.split('\n')
  const truth = source.text.split('\n')
  let at = 0
  while (at < chapter.length && at < truth.length && chapter[at] === truth[at]) at++
  const line = example.contentLine + at
  const indent = example.indents[at] ?? example.indent
  const column = indent + differsAt(chapter[at] ?? '', truth[at] ?? '')
  return errorAt(
    'drift',
    { file: example.file, line, column },
    `the example differs from ${sourceName(example)} at its line ${at + 1}`,
    'take the source: npm run sync. Keep the chapter: npm run sync -- --from-chapter',
    oneLine(chapter, truth, at)
      ? [`chapter  ${chapter[at]}`, `source   ${truth[at]}`]
      : unified(example.text, source.text),
  )
}

function differsAt(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return columnAt(a, at)
}

function oneLine(a: readonly string[], b: readonly string[], at: number): boolean {
  return a.length === b.length && a.slice(at + 1).every((line, index) => line === b[at + 1 + index])
}

function unified(chapter: string, source: string): string[] {
  const { structuredPatch } = load()
  // Texts that share nothing would cost the square of their length to compare.
  const options = { context: 2, maxEditLength: 2000 }
  const patch = structuredPatch('chapter', 'source', `${chapter}\n`, `${source}\n`, '', '', options)
  if (!patch) return ['chapter and source have too little in common for a diff']
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ])
  const shown = lines.slice(0, limit)
  if (lines.length > limit) shown.push(`... ${lines.length - limit} more lines`)
  return ['--- chapter', '+++ source', ...shown]
}

const require = createRequire(import.meta.url)
const load = () => require('diff') as typeof import('diff')
