import type { Example } from '../chapter/chapter.ts'
import { parseChapter } from '../chapter/parse.ts'
import { checkPackage } from '../check/check.ts'
import type { Finding } from '../finding/finding.ts'
import type { PatternPackage } from '../package/pattern-package.ts'
import { sourceOf } from '../package/source.ts'

export type Synced = {
  /** The whole chapter, as it should be written. */
  bytes: Uint8Array
  /** The examples whose content is new, as they were. */
  changed: Example[]
  /** What is wrong with the package still, with places in the new chapter. */
  findings: Finding[]
}

/**
 * Writes each example's content from its source and keeps every other byte: line ends, container
 * prefixes, fences (unless the content needs a longer one). An example whose source is broken is left
 * alone, and so are those in `leave`, and a chapter that is not UTF-8 as a whole.
 */
export function syncChapter(pkg: PatternPackage, leave: ReadonlySet<Example> = new Set()): Synced {
  const { file, text, examples, findings } = pkg.chapter
  const { raw } = text
  const changed = findings.some(({ code }) => code === 'invalid-utf8')
    ? []
    : examples.filter(
        (example) => !leave.has(example) && (sourceOf(pkg, example)?.text ?? example.text) !== example.text,
      )
  const starts = [0, ...[...raw.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)]
  const pieces: string[] = []
  let unchanged = 0
  for (const example of changed) {
    const [from, to] = [starts[example.line - 1]!, starts[example.endLine] ?? raw.length]
    pieces.push(
      raw.slice(unchanged, from),
      rewrite(example, raw.slice(from, to), sourceOf(pkg, example)!.text),
    )
    unchanged = to
  }
  if (changed.length === 0) return { bytes: pkg.chapter.bytes, changed, findings: checkPackage(pkg) }
  const bytes = Buffer.from((text.bom ? '\ufeff' : '') + pieces.join('') + raw.slice(unchanged))
  return { bytes, changed, findings: checkPackage({ ...pkg, chapter: parseChapter(bytes, file) }) }
}

// `block` runs from the opening fence's line to the closing fence's, line ends included.
function rewrite(example: Example, block: string, text: string): string {
  const parts = block.split(/(\r\n|\n|\r)/)
  const [opening, end] = parts as [string, string]
  const closing = parts.findLast((part, at) => at % 2 === 0 && part !== '')!
  const last = parts.at(-1) === '' ? parts.at(-2)! : ''
  const at = [...opening].slice(0, example.column - 1).join('').length
  const fence = fenceFor(text, example.fence)
  const prefix = continued(opening.slice(0, at))
  const content = text.split('\n').map((line) => (line === '' ? prefix.trimEnd() : prefix + line))
  return [
    opening.slice(0, at) + fence + opening.slice(at + example.fence.length),
    ...content,
    closing.replace(/[`~]+(?=[ \t]*$)/, (old) => (old.length < fence.length ? fence : old)),
  ]
    .join(end)
    .concat(last)
}

/** What stands before a fence's content: quote marks stay, markers of lists become their width. */
function continued(prefix: string): string {
  const spaces = prefix.replace(/\[\^[^\]]+\]:[ \t]*/g, '    ').replace(/[^>\s]/g, ' ')
  // A quote mark swallows one space, which must not be the content's own.
  return spaces.endsWith('>') ? `${spaces} ` : spaces
}

function fenceFor(text: string, fence: string): string {
  const mark = fence[0]!
  const runs = text.match(mark === '`' ? /^[ \t]*`{3,}/gm : /^[ \t]*~{3,}/gm) ?? []
  const longest = runs.reduce((length, run) => Math.max(length, run.trimStart().length), 0)
  return mark.repeat(Math.max(fence.length, longest + 1))
}
