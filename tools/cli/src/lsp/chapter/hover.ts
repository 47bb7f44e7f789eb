import { holds } from '../editor/range.ts'
import type { ChapterNow } from './chapter.ts'

/** What the evidence says of the example or the claim at a line of a chapter, as text; `null` where neither is. */
export function chapterHover({ pkg, proof }: ChapterNow, position: { line: number }): string | null {
  const { examples, claims } = pkg.chapter
  const example = examples.find(({ line, endLine }) => holds(line, endLine, position))
  const claim = claims.find(({ line }) => holds(line, line, position))
  if (example === undefined && claim === undefined) return null
  if (proof.kind === 'unknown') return `not verified here: ${proof.why}`
  const { evidence, tools, date } = proof
  const line = (example ?? claim)!.line
  const said = (example === undefined ? evidence.claims : evidence.examples).find((one) => one.line === line)
  const where = evidence.toolchain.kind === 'docker' ? 'in Docker' : 'on the host'
  return `${said?.verdict ?? 'not verified here'}: by ${tools.join(', ')} ${where}, on ${date}`
}
