import { table } from '../figures/tables.ts'
import { judgeWatch } from './judge.ts'
import type { WatchResults } from './results.ts'

/** The part of `docs/measurements.md` that tells how soon a save is answered; nothing where nothing was measured. */
export function watchSection(results: WatchResults | null): string {
  if (results === null) return ''
  const { date, processors, slug, prose } = results
  const rows = judgeWatch(results).map(({ what, figure, unit, most, met }) => [
    what,
    `${figure.toFixed(2)}${unit}`,
    `at most ${most}`,
    met ? 'met' : '**missed**',
  ])
  return `
## A save while watching

\`npm run bench -- watch\` saves a line of the pattern ${slug}, of code in the source and in the chapter at once, while \`npm run watch -- ${slug}\` looks on, and waits until its screen says what it should. Then it lets cargo build the same edit in a target folder of its own and runs what the watch ran, in the same round. These are of ${date}, on the host, by a machine with ${processors} processors; a figure is the median of ${prose.length} ${prose.length === 1 ? 'round' : 'rounds'}, a ratio where it has no unit. Nothing is pinned: both use all processors. That cargo's rebuild runs second, with the files already in memory, favours cargo.

${table(['a save', 'measured', 'goal', ''], rows).join('\n')}
`
}
