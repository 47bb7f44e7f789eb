import { escapeOutput } from './escape-output.ts'
import type { Finding } from './finding.ts'
import { fold, widthOf } from './fold.ts'

/** A finding as a person reads it: where, what, the evidence below it, and what to do. */
export const showFinding = (finding: Finding): string => show(finding, Infinity)

/** The same in the width of a stream; the evidence is left as wide as it is. */
export const showFindingOn =
  (stream: NodeJS.WriteStream) =>
  (finding: Finding): string =>
    show(finding, widthOf(stream))

function show({ file, line, column, code, message, detail, fix }: Finding, width: number): string {
  const said = (text: string) => fold(escapeOutput(text), width)
  const below = detail.map((text) => escapeOutput(`  ${text}`))
  return [said(`${file}:${line}:${column} ${code}: ${message}`), ...below, said(`  ${fix}`)].join('\n')
}
