import { progress, reportToGitHub, terminalReport } from '@cookbook/report'
import { introduce, openToolchain } from '@cookbook/toolchain'
import { readRun } from './read-run.ts'
import { runTurbo } from './turbo.ts'

/** `npm run verify`: opens the toolchain, lets turbo do the work, and tells what came of it. Answers the exit code. */
export async function verify(root: string, args: readonly string[]): Promise<number> {
  const started = performance.now()
  const status = progress()
  const opened = await openToolchain(root, undefined, (line) => status.show(line))
  if (opened.kind === 'unavailable') {
    status.end()
    console.error(`no toolchain: ${opened.problem}\n  ${opened.remedy}`)
    return 1
  }
  console.log(`toolchain  ${introduce(opened.toolchain)}\n`)
  const running: string[] = []
  const turbo = await runTurbo(root, ['verify', '--continue=dependencies-successful', ...args], (task) => {
    if (task.task !== 'verify' || task.cached || task.package === 'guide') return
    running.push(task.package)
    status.show(`verifying ${running.join(', ')}`)
  })
  status.end()
  const run = await readRun(root, turbo, performance.now() - started)
  console.log(terminalReport(run))
  if (process.env.GITHUB_ACTIONS === 'true') await reportToGitHub(run)
  return run.passed ? 0 : 1
}
