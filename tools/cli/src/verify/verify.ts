import { parseAs } from '@cookbook/evidence/json'
import { findPatterns, WHOLE_GUIDE } from '@cookbook/guide/patterns'
import { showFindingOn } from '@cookbook/guide/show'
import { progress } from '@cookbook/report/progress'
import { PROBE_EVENT } from '@cookbook/toolchain/probe-event'
import { complain, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { evidenceFiles } from './evidence-files.ts'
import { preflight } from './preflight.ts'
import { withoutWeakKey } from './remote-cache.ts'
import { nothingSelected, runTurbo, showTurbo } from './turbo.ts'
import { readVerify } from './verify-command.ts'
import { takeSettings } from './verify-settings.ts'

/** `npm run verify`: lets turbo do the work, shows how it goes on, and tells what came of it. Answers the exit code. */
export async function verify(root: string, args: readonly string[]): Promise<number> {
  const started = performance.now()
  let status = progress()
  const running: string[] = []
  const refusals: string[] = []
  let introduced = false
  const options = readVerify(args, process.env, await findPatterns(root))
  if (options.kind === 'refused') {
    complain(spell(COMMANDS.verify, options))
    return 2
  }
  if (options.kind === 'shown by turbo') return showTurbo(root, ['verify', ...options.args])
  const { env: settings, rest } = takeSettings(options.rest, await findPatterns(root))
  const { env: caller, complaint } = withoutWeakKey(process.env)
  if (complaint !== null) console.error(complaint)
  const unreadable = await preflight(root)
  for (const finding of unreadable.map(showFindingOn(process.stderr))) console.error(finding)
  if (unreadable.length > 0) return 1
  const before = await evidenceFiles(root)
  // Loads while turbo runs: with everything cached, a run would wait for it.
  const reporting = import('./report-run.ts')
  const turbo = await runTurbo(
    root,
    ['verify', '--continue=dependencies-successful', ...rest],
    {
      begun({ task, cached, package: name }) {
        if (task !== 'verify' || cached || name === WHOLE_GUIDE) return
        running.push(name)
        status.show(`verifying ${running.join(', ')}`)
      },
      printed({ task }, text) {
        const said = task === 'probe' ? parseAs(PROBE_EVENT, text) : null
        if (said?.event === 'progress') status.show(said.text)
        if (said?.event === 'refused') refusals.push(`${said.what}: ${said.problem}`, `  ${said.fix}`)
        if (said?.event !== 'opened') return
        introduced = true
        status.end()
        if (!options.json) console.log(`toolchain  ${said.introduction}\n`)
        status = progress()
      },
    },
    { ...caller, ...settings, COOKBOOK_EVENTS: 'json' },
  )
  status.end()
  const nothing = nothingSelected(turbo)
  if (nothing !== null) {
    const fix = 'name a chapter: npm run verify -- --filter=oneshot'
    complain(spell(COMMANDS.verify, { problem: nothing, fix }))
    return 2
  }
  if (!turbo.passed && !introduced) {
    // A turbo that may not write starts no task.
    const { unwritable } = await import('@cookbook/toolchain')
    const locked = refusals.length > 0 ? null : await unwritable(root)
    if (locked !== null) refusals.push(`nothing can be verified here: ${locked.problem}`, `  ${locked.fix}`)
    const lines = refusals.length > 0 ? refusals : turbo.words
    for (const line of lines) complain(line)
    return refusals.length > 0 ? 3 : 1
  }
  const { reportRun } = await reporting
  return reportRun(root, turbo, performance.now() - started, before, options)
}
