import { type ChapterResult, counts, isNotVerified } from './result.ts'

/** One line of the table of chapters, as text. */
export type Row = { chapter: string; examples: string; claims: string; time: string; good: boolean }

export const HEADINGS = { chapter: 'chapter', examples: 'examples', claims: 'claims', time: 'time' }

export function rowOf(result: ChapterResult): Row {
  const { slug, evidence, cached } = result
  if (evidence === null) return { chapter: slug, examples: '-', claims: '-', time: 'broke off', good: false }
  const { examples, verified, claims, proved } = counts(evidence)
  const good = evidence.findings.every(({ severity }) => severity !== 'error')
  const time = isNotVerified(result) ? 'not verified' : cached ? 'cached' : seconds(evidence.durationMs)
  return { chapter: slug, examples: `${verified}/${examples}`, claims: `${proved}/${claims}`, time, good }
}

/** `2.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
