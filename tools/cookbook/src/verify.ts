import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '@cookbook/guide'
import { EVIDENCE_FILE, type Evidence } from '@cookbook/harness/evidence'
import { type ChapterResult, progress, reportToGitHub, terminalReport } from '@cookbook/report'
import { introduce, openToolchain } from '@cookbook/toolchain'
import { runTurbo, type TaskRun } from './turbo.ts'

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
  const running = new Set<string>()
  const turbo = await runTurbo(root, ['verify', '--continue=dependencies-successful', ...args], (task) => {
    if (task.task !== 'verify' || task.cached || task.package === 'guide') return
    running.add(task.package)
    status.show(`verifying ${[...running].join(', ')}`)
  })
  status.end()
  const reached = turbo.tasks.filter(({ task }) => task === 'verify')
  const chapters = await Promise.all(
    reached.filter(({ package: name }) => name !== 'guide').map((task) => chapter(root, task)),
  )
  chapters.sort((a, b) => (a.slug < b.slug ? -1 : 1))
  const broken = chapters.filter(({ evidence }) => evidence === null)
  const whole = reached.find(({ package: name }) => name === 'guide')
  const findings = [
    ...broken.map(({ slug }) => brokeOff(slug, reached.find(({ package: name }) => name === slug)!)),
  ]
  const run = { chapters, findings, durationMs: performance.now() - started, passed: turbo.passed }
  console.log(terminalReport(run))
  if (!turbo.passed)
    for (const line of [...(whole?.output ?? []), ...(chapters.length === 0 ? turbo.words : [])])
      console.error(line)
  if (process.env.GITHUB_ACTIONS === 'true') await reportToGitHub(run)
  return turbo.passed ? 0 : 1
}

async function chapter(root: string, task: TaskRun): Promise<ChapterResult> {
  const path = join(root, 'patterns', task.package, EVIDENCE_FILE)
  const text = await readFile(path, 'utf8').catch(() => null)
  return {
    slug: task.package,
    evidence: text === null ? null : (JSON.parse(text) as Evidence),
    cached: task.cached,
  }
}

/** A runner that wrote no evidence did not get to its end; what it printed last says why. */
function brokeOff(slug: string, task: TaskRun): Finding {
  return {
    code: 'no-evidence',
    severity: 'error',
    file: `patterns/${slug}/verify.test.ts`,
    line: 1,
    column: 1,
    message: 'the runner broke off before it wrote its evidence',
    detail: task.output.slice(-40),
    remedy: `npx turbo run verify --filter=${slug}`,
  }
}
