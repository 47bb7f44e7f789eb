import { table } from '../figures/tables.ts'
import { judgeAudit } from './judge.ts'
import type { Turn } from './priority.ts'
import type { AuditResults } from './results.ts'

const TURN: Record<Turn, string> = {
  'real-time':
    'This is time by the clock, so all has a real-time priority (`chrt --rr`), which takes root: what else runs on the machine has little part in it.',
  ordinary:
    'This is time by the clock, so a machine that grants no real-time priority (`chrt --rr`), as this one, tells it less exactly: whatever else ran had its part in it.',
}

/** The part of `docs/measurements.md` that tells how long an audit takes; nothing where nothing was measured. */
export function auditSection(results: AuditResults | null): string {
  if (results === null) return ''
  const { date, rustc, cxx, turn, blocks, sections, cold, mixedBlocks, mixedSections } = results
  const rows = judgeAudit(results).map(({ what, figure, unit, most, met }) => [
    what,
    `${figure.toFixed(2)}${unit}`,
    `at most ${most}`,
    met ? 'met' : '**missed**',
  ])
  return `
## Audits

\`npm run bench:audit\` audits [a guide](../tools/maintain/bench/audit/guide.md) of ${blocks} blocks in ${sections} sections, all of which run, and [mixed pages](../tools/audit/fixtures/cases) of ${mixedBlocks} blocks in ${mixedSections} sections, most of which have something wrong, in bubblewrap. These are of ${date}, with ${rustc} and ${cxx}; a figure is the median of ${cold.length} ${cold.length === 1 ? 'round' : 'rounds'}.

- ${TURN[turn]}
- \`cargo build\` builds the packages that the audit put together, one after another in one target folder, so that it too compiles each crate once; both are pinned to one processor. The crates are fetched before.
- Each package of the mixed pages is built once, by cargo, CMake or a compiler alone, with all processors. The audit also builds a package again where a block needs help, to prove that the help suffices, and where one is wrong, to find which.
- In the first rows, one processor favours the audit, since \`cargo build\` would compile crates in parallel. Small sections favour \`cargo build\`: what the audit adds to each weighs more.

${table(['an audit', 'measured', 'goal', ''], rows).join('\n')}
`
}
