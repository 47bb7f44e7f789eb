import { type Finding, locate } from '@cookbook/guide'
import { sanitized } from '@cookbook/toolchain'
import { type Build, buildPattern } from './build.ts'
import type { Checked } from './checks.ts'
import { memoryFinding } from './memory-finding.ts'
import { runTest, type TestOptions, type Wrap } from './proves.ts'
import { testsOf } from './test-programs.ts'
import type { Verification } from './verification.ts'
import { NOT_BUILT } from './words.ts'

/** How the memory of a pattern is watched while all its tests run. */
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
const SANITIZERS: Wrap = {
  program: [],
  env: {
    COOKBOOK_LOAD: 'light',
    ASAN_OPTIONS: 'detect_stack_use_after_return=1:exitcode=9',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  },
  slowdown: 4,
}

/** Runs every test of the pattern, each in a process of its own, while a tool watches its memory. */
export async function survives(
  verification: Verification,
  plain: Build,
  watch: Watch,
  options: TestOptions,
): Promise<Checked> {
  const { toolchain } = verification
  if (toolchain.kind === 'host' && process.env.MEMORY_CHECKS !== '1') return { skipped: NOT_ASKED_FOR }
  if (plain.findings.length > 0) return { skipped: NOT_BUILT }
  if (watch === 'sanitizers') {
    const build = await buildPattern(verification, sanitized(hostTriple(verification)))
    if (build.findings.length > 0) return { findings: build.findings }
    return watched(verification, build, watch, SANITIZERS, options)
  }
  const valgrind = toolchain.tools.find(({ name }) => name === 'valgrind')
  if (valgrind?.version == null) return { skipped: 'valgrind is not installed' }
  return watched(verification, plain, watch, MEMCHECK, options)
}

async function watched(
  verification: Verification,
  build: Build,
  watch: Watch,
  wrap: Wrap,
  options: TestOptions,
): Promise<Checked> {
  const findings: Finding[] = []
  let ran = 0
  for (const { artifact, names, findings: unlisted } of (await testsOf(verification, build)).values()) {
    findings.push(...unlisted)
    for (const name of names) {
      const { outcome, ...checked } = await runTest(verification, artifact, name, options, wrap)
      if ('findings' in checked)
        findings.push(
          ...checked.findings.map((finding) => memoryFinding(verification, watch, name, outcome, finding)),
        )
      ran += 1
    }
  }
  return { findings: ran > 0 || findings.length > 0 ? findings : [nothingRan(verification)] }
}

function nothingRan({ pkg }: Verification): Finding {
  const message = 'the pattern has no Rust test, so nothing ran under this check'
  return {
    code: 'unproved',
    severity: 'error',
    ...locate(pkg, 'Cargo.toml', 1, 1),
    message,
    detail: [],
    remedy: 'add a test to tests/',
  }
}

function hostTriple({ toolchain }: Verification): string {
  const rustc = toolchain.tools.find(({ name }) => name === 'rustc')!
  return /^host: (.+)$/m.exec(rustc.says)![1]!
}
