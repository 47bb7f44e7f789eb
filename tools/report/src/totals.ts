import { allFindings, counts, isNotVerified, type RunResult } from './result.ts'
import { seconds } from './rows.ts'

/** `13 chapters, 92 examples verified, 118 claims proved in 31.2 s, 11 chapters from the cache`. */
export function totals(run: RunResult): string {
  const reported = run.chapters.flatMap(({ evidence }) => (evidence === null ? [] : [counts(evidence)]))
  const sum = (pick: (count: (typeof reported)[number]) => number) =>
    reported.reduce((total, count) => total + pick(count), 0)
  const left = run.chapters.filter(isNotVerified).length
  const cached = run.chapters.filter((chapter) => chapter.cached).length
  const errors = allFindings(run).filter(({ severity }) => severity === 'error').length
  const proved = [
    left === 0
      ? plural(run.chapters.length, 'chapter')
      : `${run.chapters.length - left} of ${plural(run.chapters.length, 'chapter')}`,
    `${plural(
      sum(({ verified }) => verified),
      'example',
    )} verified`,
    `${plural(
      sum(({ proved }) => proved),
      'claim',
    )} proved in ${seconds(run.durationMs)}`,
  ]
  return [
    ...(left > 0 ? [`NOT VERIFIED HERE: ${plural(left, 'chapter')}`] : []),
    ...proved,
    ...(cached > 0 ? [`${plural(cached, 'chapter')} from the cache`] : []),
    ...(errors > 0 ? [plural(errors, 'finding')] : []),
  ].join(', ')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
