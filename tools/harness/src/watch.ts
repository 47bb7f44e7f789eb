import { type Flavor, sanitized, type Toolchain } from '@cookbook/toolchain'
import { type Build, buildPattern } from './build.ts'
import type { Checked } from './checks.ts'
import type { Wrap } from './proves.ts'
import type { Verification } from './verification.ts'
import { NOT_BUILT } from './words.ts'

/** How a pattern's memory is watched while its programs run. */
export type Watch = 'memcheck' | 'sanitizers'

/** They take ten times as long as all the rest, and a contributor's machine waits for every edit. */
const NOT_ASKED_FOR = 'memory checks run in Docker, and on the host with MEMORY_CHECKS=1'

const MEMCHECK: Wrap = {
  program: [
    'valgrind',
    '--quiet',
    '--error-exitcode=9',
    '--leak-check=full',
    '--errors-for-leak-kinds=definite,indirect',
    '--show-leak-kinds=definite,indirect',
    '--fair-sched=yes',
    // Whole paths: an empty prefix is left out of them.
    '--fullpath-after=',
  ],
  env: { COOKBOOK_LOAD: 'light' },
  slowdown: 10,
}
export const SANITIZERS: Wrap = {
  program: [],
  env: {
    COOKBOOK_LOAD: 'light',
    ASAN_OPTIONS: 'detect_stack_use_after_return=1:exitcode=9',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  },
  slowdown: 4,
}

/** The pattern as the watch wants it built, and what to put around its programs; or why it cannot watch. */
export async function underWatch(
  verification: Verification,
  plain: Build,
  watch: Watch,
): Promise<{ build: Build; wrap: Wrap } | Checked> {
  const { toolchain } = verification
  if (toolchain.kind === 'host' && process.env.MEMORY_CHECKS !== '1') return { skipped: NOT_ASKED_FOR }
  if (plain.findings.length > 0) return { skipped: NOT_BUILT }
  if (watch === 'memcheck') {
    const valgrind = toolchain.tools.find(({ name }) => name === 'valgrind')
    return valgrind?.version == null
      ? { skipped: 'valgrind is not installed' }
      : { build: plain, wrap: MEMCHECK }
  }
  verification.sanitizedBuild ??= buildPattern(verification, sanitizedBy(toolchain))
  const build = await verification.sanitizedBuild
  return build.findings.length > 0 ? { findings: build.findings } : { build, wrap: SANITIZERS }
}

/** The sanitized flavor, for the machine that the toolchain compiles for. */
export function sanitizedBy(toolchain: Pick<Toolchain, 'tools'>): Flavor {
  const rustc = toolchain.tools.find(({ name }) => name === 'rustc')!
  return sanitized(/^host: (.+)$/m.exec(rustc.says)![1]!)
}
