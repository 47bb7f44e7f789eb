import type { Checked } from '../context/checks.ts'
import type { Verification } from '../context/verification.ts'
import { allTests } from './all-tests.ts'
import { memoryFinding } from './memory-finding.ts'
import type { TestOptions, Watch } from './verbs.ts'
import { type Builds, underWatch } from './watch.ts'

const CELLS_WATCH = 'cells of the matrix watch every test'

/**
 * Runs every test of the pattern while a tool watches its memory: the tests of a file in one process, as the tool
 * takes longer to start than most tests to run, and when that does not end well, each in a process of its own.
 */
export async function survives(
  verification: Verification,
  builds: Builds,
  watch: Watch,
  options: TestOptions,
): Promise<Checked> {
  if (verification.cell !== null) return { skipped: CELLS_WATCH }
  const watched = await underWatch(verification, builds, watch)
  if (!('build' in watched)) return watched
  const { build, wrap } = watched
  return allTests(
    verification,
    build,
    options,
    wrap,
    (finding, name, outcome) => memoryFinding(verification, watch, name, outcome, finding),
    'together first',
  )
}
