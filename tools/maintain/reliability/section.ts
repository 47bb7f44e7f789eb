import { AFTER, BEFORE, PHASES } from './phase.ts'
import type { ReliabilityResults } from './results.ts'

/** The part of `docs/measurements.md` that tells where runs were killed; nothing where nothing was kept. */
export function reliabilitySection(results: ReliabilityResults): string {
  const toolchains = Object.keys(results)
  if (toolchains.length === 0) return ''
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const each = (of: (toolchain: string) => string | number) => toolchains.map(of)
  // As a run goes through them.
  const parts = [BEFORE, ...PHASES.toReversed(), AFTER]
  return `
## Runs that were killed

\`RELIABILITY_KEEP=1 npm run reliability -- killed\` kills \`npx turbo run verify\` of a small pattern with all its processes (SIGKILL) at random moments, one of each part of the time that a run takes, and then in each part of a run that was not met. After each kill nothing runs on, on the host or in the container, no lock stays, and the next run is right: every other time a wrong result is to be found. What is kept had no failure.

${row(['killed in', ...toolchains])}
|---|${'--:|'.repeat(toolchains.length)}
${parts.map((part) => row([part, ...each((toolchain) => results[toolchain]!.parts[part] ?? 0)])).join('\n')}
${row(['together', ...each((toolchain) => results[toolchain]!.kills)])}
${row(['date', ...each((toolchain) => results[toolchain]!.date)])}
`
}
