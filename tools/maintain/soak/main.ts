/**
 * `npm run soak [-- --rounds 50] [--sanitized] [slug...]`: every Rust test of the patterns again and again, while all
 * processors are kept busy, and two tests for each of them at once. A test that fails once is a flake, and is named.
 * Sanitizers shift who comes first: what a plain build hides may show in a sanitized one.
 */

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { leave } from '@cookbook/cli/command-line'
import { findPatterns } from '@cookbook/guide'
import { FAULTS_TESTS, withFaults } from '@cookbook/harness/faults'
import { SANITIZERS, UNWRAPPED } from '@cookbook/harness/wrap'
import { describeExit, exitStatusOf, openToolchain, PLAIN, SANITIZED } from '@cookbook/toolchain'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { readSoak } from './options.ts'
import { buildTests, type PatternTest } from './tests.ts'

const ROOT = join(import.meta.dirname, '../../..')
const LIMIT_MS = 120_000

const parsed = readSoak(process.argv.slice(2), await findPatterns(ROOT))
if (parsed.kind === 'refused') leave(COMMANDS.soak, parsed)
const { rounds, slugs } = parsed
const opened = await openToolchain(ROOT)
if (opened.kind === 'unavailable') leave(COMMANDS.soak, opened)
const { toolchain } = opened
const buildProfile = parsed.sanitized ? SANITIZED : PLAIN
const around = parsed.sanitized ? SANITIZERS : UNWRAPPED
const faults = await withFaults(toolchain, ROOT, around)
if ('skipped' in faults) console.log(`skipped: ${FAULTS_TESTS} of each pattern (${faults.skipped})`)
const { env } = 'skipped' in faults ? around : faults
const tests: PatternTest[] = []
for (const slug of slugs) {
  const found = await buildTests(toolchain, ROOT, slug, buildProfile)
  tests.push(...found.filter(({ file }) => !('skipped' in faults) || file !== FAULTS_TESTS))
}
console.log(`${tests.length} tests of ${slugs.length} patterns, ${rounds} rounds`)

const busy = Array.from({ length: availableParallelism() }, () => new Worker('for (;;);', { eval: true }))
let failed = 0
for (let round = 1; round <= rounds; round++) {
  const started = performance.now()
  const waiting = [...tests]
  const lane = async () => {
    for (let test = waiting.pop(); test !== undefined; test = waiting.pop()) await runOnce(test, round)
  }
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, lane))
  console.log(
    `round ${round}: ${((performance.now() - started) / 1000).toFixed(1)} s, ${failed} failed so far`,
  )
}
await Promise.all(busy.map((worker) => worker.terminate()))
console.log(`${rounds * tests.length} runs, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function runOnce({ slug, file, name, program }: PatternTest, round: number): Promise<void> {
  const args = ['--exact', name, '--nocapture']
  const cwd = join(ROOT, 'patterns', slug)
  const outcome = await toolchain.run({ program, args, cwd, env, timeoutMs: LIMIT_MS })
  if (outcome.kind === 'exited' && outcome.code === 0) return
  failed += 1
  console.log(`patterns/${slug}/${file}#${name} ${describeExit(exitStatusOf(outcome))} in round ${round}`)
  console.log(`${outcome.stdout}${outcome.stderr}`.trimEnd().split('\n').slice(-20).join('\n'))
}
