import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { report, rich } from '../../test/reports.ts'
import { annotations } from './annotations.ts'
import { keyed } from './finding/baseline.ts'
import { findingsOf } from './finding/finding.ts'
import { markdown } from './markdown.ts'

vi.setConfig({ testTimeout: 60_000 })

const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'audit-github-'))
afterAll(() => rm(folder, { recursive: true }))

/** What a process of its own tells the runner of GitHub Actions. */
async function reported(summary: string | null): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    GITHUB_ACTIONS: 'true',
    ...(summary === null ? {} : { GITHUB_STEP_SUMMARY: summary }),
  }
  const script = join(import.meta.dirname, '../../test/report-github.ts')
  return (await run(process.execPath, [script, 'error'], { env })).stdout
}

test('each finding is an annotation at its line, those that fail first', () => {
  const reported = annotations(report(rich, 'lint')).map(({ level, properties }) => {
    const { title, file, startLine, startColumn } = properties
    return `${level} ${file}:${startLine}:${startColumn} ${title}`
  })
  expect(reported).toEqual([
    'error docs/herd.md:32:18 block-fails',
    'error docs/herd.md:51:31 detached-thread',
    'error docs/wolf %0A::x, y.md:15:500000 block-fails',
    'error docs/lost.md:1:1 unreadable',
    'warning docs/herd.md:10:1 hides-lines',
    'warning docs/herd.md:20:1 needs-help',
    'warning docs/herd.md:20:1 needs-help',
    'notice docs/wolf %0A::x, y.md:15:500000 result-lost',
  ])
})

test('what the baseline holds has no annotation', () => {
  const baseline = keyed(findingsOf(rich), report().quote).map(({ key, finding }) => ({
    ...finding,
    key,
    count: 1,
  }))
  expect(annotations(report(rich, 'error', baseline))).toEqual([])
})

test('the runner reads one command a finding and nothing else', async () => {
  const summary = join(folder, 'summary.md')
  await writeFile(summary, '')
  const lines = (await reported(summary)).trimEnd().split('\n')
  expect(lines.map((line) => /^::(error|warning|notice) title=[\w-]+,file=/.exec(line)?.[1])).toEqual([
    ...Array(3).fill('error'),
    ...Array(4).fill('warning'),
    'notice',
  ])
  expect(lines.join('')).not.toMatch(/##|\p{Cc}/u)
  expect(await readFile(summary, 'utf8')).toBe(`${markdown(report())}\n`)
})

test('without a file for summaries, the annotations are all; with one that cannot be written, so it says', async () => {
  expect((await reported(null)).trimEnd().split('\n')).toHaveLength(8)
  expect(await reported(join(folder, 'nowhere/summary.md'))).toMatch(
    /::warning::the job summary could not be written/,
  )
})
