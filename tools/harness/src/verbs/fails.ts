import { memoryError } from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import { type Command, exitStatusOf, type Outcome, succeeded } from '@cookbook/toolchain'
import type { CmakeBuild } from '../build/cmake.ts'
import { programNamed, programsOf } from '../build/programs.ts'
import { isWatched } from '../context/cell.ts'
import type { Checked } from '../context/checks.ts'
import { coverageFolder } from '../context/coverage-folder.ts'
import { lastLines, NO_MEMORY_TOOL, unexpectedExit } from '../context/messages.ts'
import { runnerFinding } from '../context/runner-location.ts'
import { run, type Verification } from '../context/verification.ts'
import { type Builds, underMemoryTool } from './memory-tool.ts'
import { promisesNothing } from './promises-nothing.ts'
import type { Failure } from './verbs.ts'

const NO_ASSERTIONS = 'a release build has no debug assertions, by which it fails'
const LIMIT_MS = 60_000
const HANGS_AFTER_MS = 10_000
/** What is ended sooner may only be slow. */
const HANGS_LEAST_MS = 1_000

/** Runs a bad variant, which must fail as the chapter says it does. */
export async function fails(
  verification: Verification,
  builds: Builds,
  cmake: CmakeBuild,
  claim: string,
  promised: Failure,
): Promise<Checked> {
  const idle = await promisesNothing(verification, claim, [promised.says], { alone: false })
  if (idle !== null) return { findings: [idle] }
  if (
    promised.ends === 0 ||
    (promised.ends === 'hangs' && (promised.timeoutMs ?? HANGS_AFTER_MS) < HANGS_LEAST_MS)
  ) {
    const message = `${promised.program} that ends with ${promised.ends} is no bad variant, expected an exit code from 1, a signal, or a hang of ${HANGS_LEAST_MS / 1000} s`
    const fix = 'say how it fails'
    return { findings: [await runnerFinding(verification, claim, 'promises-nothing', message, fix)] }
  }
  if (!promised.under && isWatched(verification.cell)) return { skipped: NO_MEMORY_TOOL }
  if (promised.profile === 'debug' && verification.buildProfile.profile === 'release')
    return { skipped: NO_ASSERTIONS }
  const covering = coverageFolder() !== null
  const instrumented =
    promised.under && !covering
      ? await underMemoryTool(verification, builds, promised.under)
      : { build: builds.plain, wrap: verification.wrap }
  if (!('build' in instrumented)) return instrumented
  const { build, wrap } = instrumented
  const programs = programsOf(verification, build, build === builds.plain ? cmake : null)
  const found = await programNamed(verification, programs, promised.program, claim)
  if (!('program' in found)) return found
  const { program } = found
  const limit = promised.timeoutMs ?? (promised.ends === 'hangs' ? HANGS_AFTER_MS : LIMIT_MS)
  const command: Command = {
    program: 'prlimit',
    // What aborts leaves no core file behind.
    args: ['--core=0', ...wrap.program, program.path, ...(promised.args ?? [])],
    cwd: verification.dir,
    env: wrap.env,
    timeoutMs: limit * wrap.slowdown,
  }
  const outcome = await run(verification, command)
  // What has undefined behaviour need not fail without a memory tool.
  if (covering && promised.under) return { skipped: 'only its lines are counted' }
  const title = [promised.program, ...(promised.args ?? [])].join(' ')
  const said = [...lastLines(outcome.stdout), ...lastLines(outcome.stderr)]
  const wrong = async (code: Finding['code'], message: string): Promise<Checked> => {
    const fix = 'make the bad variant fail so again'
    const finding = await runnerFinding(verification, claim, code, message, fix)
    return { findings: [{ ...finding, detail: said }] }
  }
  const wanted = wantedExit(promised)
  if (!endsSo(outcome, promised))
    return wrong('wrong-exit', unexpectedExit(title, exitStatusOf(outcome), wanted))
  if (!`${outcome.stdout}\n${outcome.stderr}`.includes(promised.says))
    return wrong('wrong-output', `${title} fails, and does not say: ${promised.says}`)
  return { findings: [] }
}

function endsSo(outcome: Outcome, { ends, under }: Failure): boolean {
  if (under) return outcome.kind === 'exited' && outcome.code !== 0 && memoryError(outcome.stderr) !== null
  if (ends === 'hangs') return outcome.kind === 'timed-out'
  return succeeded(outcome, { expect: typeof ends === 'number' ? { code: ends } : { signal: ends! } })
}

function wantedExit({ ends, under, says }: Failure): string {
  if (under) return `a report of ${under}: ${says}`
  if (ends === 'hangs') return 'a program that hangs'
  return typeof ends === 'number' ? `exit code ${ends}` : `${ends}`
}
