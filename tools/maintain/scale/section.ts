import type { ScaleResults, Size } from './results.ts'

const RUNS = {
  cold: 'from nothing',
  warm: 'nothing changed',
  edit: 'one line of C++ changed, with its chapter',
} as const

/** The part of `docs/measurements.md` that tells how verification grows; nothing where nothing was measured. */
export function scaleSection(results: ScaleResults | null): string {
  if (results === null) return ''
  const rows = (Object.keys(RUNS) as (keyof typeof RUNS)[]).flatMap((run) =>
    results.sizes.map(({ patterns, [run]: { seconds, processorSeconds, peakMebibytes } }) => {
      const cells = [
        RUNS[run],
        patterns,
        seconds.toFixed(1),
        processorSeconds.toFixed(1),
        Math.round(peakMebibytes),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  return `
## How verification grows

\`npm run scale\` makes a repository of generated patterns, each a small crate with C++, a chapter, a runner and a test, and verifies it on the host with \`npm run verify\`: from nothing, with nothing changed, and after one edit. These are of ${results.date}, by a machine with ${results.processors} processors; a run that is not from nothing is the median of ${results.rounds}. The goals: nothing changed takes under 3 s with 200 patterns, and one edit adds to that what the edited pattern takes. Memory is the sum over all processes at the worst moment. Nothing is pinned, and the patterns are small and alike, which favours a large repository: each is built as fast as the first.

| run | patterns | seconds | processor seconds | MiB |
|---|---|---|---|---|
${rows.join('\n')}
${growth(results.sizes)}`
}

/** What one more pattern costs, from the smallest size to the largest. */
function growth(sizes: readonly Size[]): string {
  const [first, last] = [sizes[0]!, sizes.at(-1)!]
  if (first.patterns === last.patterns) return ''
  const each = (run: 'cold' | 'warm' | 'edit') => {
    const more = last[run].processorSeconds - first[run].processorSeconds
    // Less than nothing is what the measurement is off by.
    return Math.max(0, (1000 * more) / (last.patterns - first.patterns)).toFixed(0)
  }
  return `
From ${first.patterns} to ${last.patterns} patterns, each further one costs ${each('cold')} ms of processor time from nothing, ${each('warm')} ms when nothing changed, and ${each('edit')} ms after one edit.
`
}
