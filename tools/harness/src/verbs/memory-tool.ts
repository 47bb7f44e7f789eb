import type { Build } from '../context/built.ts'
import type { Checked } from '../context/checks.ts'
import { NOT_BUILT } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import { MEMCHECK, SANITIZERS, type Wrap } from '../context/wrap.ts'
import type { MemoryTool } from './verbs.ts'

/** How the pattern is built for readers, and for the sanitizers: that when a check first asks for it. */
export type Builds = { plain: Build; sanitized: () => Promise<Build> }

/** They take ten times as long as all the rest, and a contributor's machine waits for every edit. */
const NOT_ASKED_FOR = 'memory checks run in Docker, and on the host with MEMORY_CHECKS=1'
const OTHER_CELL = 'another cell of the matrix watches so'

/** The pattern as the memory tool needs it built, and what to put around its programs; or why the tool cannot run. */
export async function underMemoryTool(
  verification: Verification,
  { plain, sanitized }: Builds,
  memoryTool: MemoryTool,
): Promise<{ build: Build; wrap: Wrap } | Checked> {
  const { toolchain, cell } = verification
  if (cell !== null)
    return cell.memoryTool === memoryTool
      ? { build: plain, wrap: verification.wrap }
      : { skipped: OTHER_CELL }
  if (toolchain.kind === 'host' && process.env.MEMORY_CHECKS !== '1') return { skipped: NOT_ASKED_FOR }
  if (plain.findings.length > 0) return { skipped: NOT_BUILT }
  if (memoryTool === 'memcheck') {
    const valgrind = toolchain.tools.find(({ name }) => name === 'valgrind')
    return valgrind?.version == null
      ? { skipped: 'valgrind is not installed' }
      : { build: plain, wrap: MEMCHECK }
  }
  const build = await sanitized()
  return build.findings.length > 0 ? { findings: build.findings } : { build, wrap: SANITIZERS }
}
