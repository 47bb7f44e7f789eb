import { allTests } from './all-tests.ts'
import type { Build } from './build.ts'
import type { Checked } from './checks.ts'
import { memoryFinding } from './memory-finding.ts'
import type { TestOptions } from './proves.ts'
import type { Verification } from './verification.ts'
import { underWatch, type Watch } from './watch.ts'

/** Runs every test of the pattern, each in a process of its own, while a tool watches its memory. */
export async function survives(
  verification: Verification,
  plain: Build,
  watch: Watch,
  options: TestOptions,
): Promise<Checked> {
  const watched = await underWatch(verification, plain, watch)
  if (!('build' in watched)) return watched
  const { build, wrap } = watched
  return allTests(verification, build, options, wrap, (finding, name, outcome) =>
    memoryFinding(verification, watch, name, outcome, finding),
  )
}
