import { table } from '../figures/tables.ts'
import { judgeAudit } from './judge.ts'
import type { Turn } from './priority.ts'
import type { AuditResults } from './results.ts'

const TURN: Record<Turn, string> = {
  'real-time':
    'This is time by the clock, so all is pinned to one processor and has a real-time priority (`chrt --rr`), which takes root: what else runs on the machine has little part in it.',
  ordinary:
    'This is time by the clock, so all is pinned to one processor. This machine granted no real-time priority (`chrt --rr`), so whatever else ran had its part in it.',
}

/** The part of `docs/measurements.md` that tells how long an audit takes; nothing where nothing was measured. */
export function auditSection(results: AuditResults | null): string {
  if (results === null) return ''
  const { date, rustc, cxx, turn, blocks, sections, cold } = results
  const rows = judgeAudit(results).map(({ what, figure, unit, most, met }) => [
    what,
    `${figure.toFixed(2)}${unit}`,
    `at most ${most}`,
    met ? 'met' : '**missed**',
  ])
  return `
## Audits

\`npm run bench:audit\` audits [a guide](../tools/maintain/bench/audit/guide.md) of ${blocks} blocks in ${sections} sections in bubblewrap. These are of ${date}, with ${rustc} and ${cxx}; a figure is the median of ${cold.length} ${cold.length === 1 ? 'round' : 'rounds'}.

- ${TURN[turn]}
- \`cargo build\` builds the packages that the audit put together, one after another in one target folder, so that it too compiles each crate once. The crates are fetched before.

${table(['an audit', 'measured', 'goal', ''], rows).join('\n')}
`
}
