import { findPatterns, showFinding } from '@cookbook/guide'
import { progress, reportToGitHub, terminalReport } from '@cookbook/report'
import { evidenceFiles } from './evidence-files.ts'
import { preflight } from './preflight.ts'
import { readRun } from './read-run.ts'
import { withoutWeakKey } from './remote-cache.ts'
import { writeReportFiles } from './report-files.ts'
import { nothingSelected, runTurbo, showTurbo } from './turbo.ts'
import { readVerify } from './verify-command.ts'
import { takeSettings } from './verify-settings.ts'

/** How the probe begins its last words, by which a run says what it works with. */
const INTRODUCTION = 'toolchain  '
/** And how it begins them when there is nothing to work with, or nothing that can be written. */
const COMPLAINT = /^(no toolchain|nothing can be verified here): /

/** `npm run verify`: lets turbo do the work, shows how it goes on, and tells what came of it. Answers the exit code. */
export async function verify(root: string, args: readonly string[]): Promise<number> {
  const started = performance.now()
  let status = progress()
  const running: string[] = []
  const complaints: string[] = []
  let introduced = false
  const options = readVerify(args, process.env, await findPatterns(root))
  if (options.kind === 'refused') {
    console.error(`verify: ${options.problem}\n  ${options.remedy}`)
    return 2
  }
  if (options.kind === 'shown by turbo') return showTurbo(root, ['verify', ...options.args])
  const { files } = options
  const { env: settings, rest } = takeSettings(options.rest, await findPatterns(root))
  const { env: caller, complaint } = withoutWeakKey(process.env)
  if (complaint !== null) console.error(complaint)
  const unreadable = await preflight(root)
  for (const finding of unreadable) console.error(showFinding(finding))
  if (unreadable.length > 0) return 1
  const before = await evidenceFiles(root)
  const turbo = await runTurbo(
    root,
    ['verify', '--continue=dependencies-successful', ...rest],
    {
      begun({ task, cached, package: name }) {
        if (task !== 'verify' || cached || name === 'guide') return
        running.push(name)
        status.show(`verifying ${running.join(', ')}`)
      },
      printed({ task }, text) {
        if (task !== 'probe' || text === '' || text.startsWith('> ')) return
        if (complaints.length > 0 || COMPLAINT.test(text)) complaints.push(text)
        else if (!text.startsWith(INTRODUCTION)) status.show(text)
        else {
          introduced = true
          status.end()
          console.log(`${text}\n`)
          status = progress()
        }
      },
    },
    { ...caller, ...settings },
  )
  status.end()
  const nothing = nothingSelected(turbo)
  if (nothing !== null) {
    console.error(`verify: ${nothing}\n  name a chapter: npm run verify -- --filter=oneshot`)
    return 2
  }
  if (!turbo.passed && !introduced) {
    // Without a toolchain there is nothing else to tell; npm's own words about it say nothing new.
    const reported = complaints.filter((line) => !line.startsWith('npm error'))
    // turbo may not write either, and then asks nobody.
    const { unwritable } = await import('@cookbook/toolchain')
    const locked = reported.length > 0 ? null : await unwritable(root)
    if (locked !== null)
      reported.push(`nothing can be verified here: ${locked.problem}`, `  ${locked.remedy}`)
    for (const line of reported.length > 0 ? reported : turbo.words) console.error(line)
    return reported.length > 0 ? 3 : 1
  }
  const run = await readRun(root, turbo, performance.now() - started, before)
  console.log(terminalReport(run))
  if (process.env.GITHUB_ACTIONS === 'true') await reportToGitHub(run)
  await writeReportFiles(run, files)
  return run.passed ? 0 : 1
}
