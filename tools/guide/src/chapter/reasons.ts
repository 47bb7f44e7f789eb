import type { Html } from 'mdast'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import type { Example, Reason } from './chapter.ts'
import { reasonWithoutForm, reasonWithoutLine } from './problem-reason.ts'

const MARK = /<!--\s*never runs\b(.*?)-->/gs
const FORM = /^:\s*(`+)\s*(.+?)\s*\1\s+(\S.*?)\s*$/s

/**
 * The reasons in a block of HTML: comments that say why a line of the example above them never runs, as in
 * `<!-- never runs: ``abort();`` only without memory -->`. `begins` is where the block does.
 */
export function readReasons(
  { value }: Html,
  begins: SourceLocation,
  examples: readonly Example[],
): { reasons: Reason[]; findings: Finding[] } {
  const reasons: Reason[] = []
  const findings: Finding[] = []
  for (const comment of value.matchAll(MARK)) {
    const rows = value.slice(0, comment.index).split('\n')
    const column = rows.length === 1 ? begins.column + comment.index : rows.at(-1)!.length + 1
    const place = { file: begins.file, line: begins.line + rows.length - 1, column }
    const [, , code, why] = FORM.exec(comment[1]!) ?? []
    const example = examples.findLast(({ endLine }) => endLine < place.line)
    if (code === undefined || why === undefined) findings.push(reasonWithoutForm(place))
    else if (!example?.text.split('\n').some((line) => line.trim() === code))
      findings.push(reasonWithoutLine(place, code))
    else
      reasons.push({ line: place.line, column: place.column, code, why: why.replace(/\s+/g, ' '), example })
  }
  return { reasons, findings }
}
