import type { Checked } from '../context/checks.ts'
import type { Verification } from '../context/verification.ts'
import { allTests } from './all-tests.ts'
import { memoryFinding } from './memory-finding.ts'
import { type Builds, underMemoryTool } from './memory-tool.ts'
import type { MemoryTool, TestOptions } from './verbs.ts'

const CELLS_RUN_TOOLS = 'cells of the matrix watch every test'

/**
 * Runs every test of the pattern while a tool watches its memory: the tests of a file in one process, as the tool
 * takes longer to start than most tests to run, and when that does not end well, each in a process of its own.
 */
export async function survives(
  verification: Verification,
  builds: Builds,
  memoryTool: MemoryTool,
  options: TestOptions,
): Promise<Checked> {
  if (verification.cell !== null) return { skipped: CELLS_RUN_TOOLS }
  const instrumented = await underMemoryTool(verification, builds, memoryTool)
  if (!('build' in instrumented)) return instrumented
  const { build, wrap } = instrumented
  return allTests(
    verification,
    build,
    options,
    wrap,
    (finding, name, outcome) => memoryFinding(verification, memoryTool, name, outcome, finding),
    'together first',
  )
}
