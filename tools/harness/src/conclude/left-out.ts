import type { CheckEvidence } from '@cookbook/evidence'
import { filesBelow } from '@cookbook/evidence/digest'
import { errorAt, type Finding, locate, withinCrate } from '@cookbook/guide'
import type { CmakeBuild } from '../build/cmake.ts'
import { programsOf } from '../build/programs.ts'
import type { Build } from '../context/built.ts'
import { NOT_RUN } from '../context/recorder.ts'
import { runnerFinding } from '../context/runner-location.ts'
import type { Verification } from '../context/verification.ts'
import { endsWell } from '../verbs/prints.ts'
import { testsOfScript } from '../verbs/scripts.ts'

/** The checks of the runner that nothing ran: vitest was told to leave them out. */
export async function checksNotRun(verification: Verification): Promise<Finding[]> {
  const left = [...verification.recorder.recorded.checks.values()].filter(({ reason }) => reason === NOT_RUN)
  return Promise.all(
    left.map(({ name }) => {
      const message = `the check "${name}" did not run, expected every check of the runner to run`
      const [word] = name.split(' prints ')
      return runnerFinding(
        verification,
        word!.split('#').at(-1)!,
        'not-run',
        message,
        'run all of them: npm run verify',
      )
    }),
  )
}

/** Runs each program and example that the runner does not name: whoever reads of it runs it as well. */
export async function otherPrograms(
  verification: Verification,
  build: Build,
  cmake: CmakeBuild,
  named: ReadonlySet<string>,
): Promise<{ check: CheckEvidence; findings: readonly Finding[] }[]> {
  const others = programsOf(verification, build, cmake).filter(({ name }) => !named.has(name))
  return Promise.all(
    others.map(async (program) => {
      const started = performance.now()
      const findings = await endsWell(verification, program)
      const name = `${program.name} ends well`
      const result = findings.length === 0 ? 'passed' : 'failed'
      const durationMs = Math.round(performance.now() - started)
      return { check: { name, result, reason: null, durationMs }, findings }
    }),
  )
}

/** The files of the package that would prove something, and that nothing compiled, ran or compared. */
export function filesLeftOut({ pkg, dir, recorder }: Verification): Finding[] {
  const { exercised, attempted } = recorder.recorded
  const shown = new Set(pkg.chapter.examples.map(({ source }) => source.path))
  const left = (path: string): string | null => {
    const own = withinCrate(path)
    // What is said of its example says it.
    if (shown.has(path)) return null
    if (/^(?:tests|benches)\/.*\.rs$/.test(own) && !exercised.has(path)) return 'no compiler read it'
    if (attempted.has(path) || exercised.has(path)) return null
    if (/^reject\/[^/]+\.(?:rs|cc)$/.test(path)) return `the runner has no rejects('${path}', ...)`
    if (own.startsWith('expected/')) return `the runner has no prints('...', '${path}')`
    const isScript = /^cases\/[^/]+\.ts$/.test(path) && testsOfScript(dir, path).length > 0
    return isScript ? `the runner has no scripts('${path}')` : null
  }
  return filesBelow(dir).flatMap((path) => {
    const why = left(path)
    if (why === null) return []
    const message = `nothing tried ${path}: ${why}`
    const fix = 'add it to what is built and to verify.test.ts, or remove it'
    return [errorAt('unproved', locate(pkg, path, 1, 1), message, fix)]
  })
}
