import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { chapter, drift, hostile, run } from '../test/runs.ts'
import type { RunResult } from './result.ts'

const warning = { ...drift, severity: 'warning' as const, message: 'a line that never ran', detail: [] }

/** Tells of a run in a process of its own, whose standard output is what the runner of GitHub Actions reads. */
async function report(
  result: RunResult,
  summaries = true,
  writable = true,
): Promise<{ log: string; summary: string | null }> {
  const folder = await mkdtemp(join(tmpdir(), 'github-'))
  const path = join(folder, 'summary.md')
  if (writable) await writeFile(path, '')
  const env = {
    PATH: process.env.PATH,
    GITHUB_ACTIONS: 'true',
    ...(summaries ? { GITHUB_STEP_SUMMARY: path } : {}),
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, '../test/report-github.ts')], { env })
  child.stdin.end(JSON.stringify(result))
  const [log, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  expect([code, errors]).toEqual([0, ''])
  const summary = summaries && writable ? await readFile(path, 'utf8') : null
  await rm(folder, { recursive: true })
  return { log, summary }
}

/** A line of the log as the runner takes it apart. */
function annotation(line: string) {
  const found = /^::(\w+) ?([^:]*)::(.*)$/.exec(line)!
  const decoded = (value: string) =>
    value
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const properties = found[2]!.split(',').map((pair) => pair.split('=').map(decoded))
  return { level: found[1], message: decoded(found[3]!), ...Object.fromEntries(properties) }
}

test('each finding is an annotation at its line, and the summary shows the whole run', async () => {
  const skipped = { name: 'memcheck', result: 'skipped' as const, reason: 'not asked for', durationMs: 0 }
  const reported = run(
    [
      chapter('oneshot', { checks: [skipped] }, true),
      chapter('stream', { findings: [drift, warning] }),
      { slug: 'window', evidence: null, cached: false },
    ],
    { passed: false },
  )
  const { log, summary } = await report(reported)
  const lines = log.trimEnd().split('\n')
  expect(lines.map(annotation)).toEqual([
    {
      level: 'error',
      title: 'drift',
      file: drift.file,
      line: '41',
      col: '5',
      message: [drift.message, ...drift.detail, drift.fix].join('\n'),
    },
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('never ran') }),
  ])
  await expect(summary).toMatchFileSnapshot('../fixtures/summary.md')
})

test('what an example printed is no command, no property and no HTML', async () => {
  const { log, summary } = await report(run([chapter('stream', { findings: [hostile] })]))
  const lines = log.trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(annotation(lines[0]!)).toMatchObject({ level: 'error', title: 'wrong-output', line: '7', col: '1' })
  expect(lines[0]).not.toMatch(/##\[|\p{Cc}/u)
  expect(summary!.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  expect(summary).not.toMatch(/<(?:script|img)|<\/li><\/ul><|\*\*bold|\]\(https/)
  expect(log.length + summary!.length).toBeLessThan(20_000)
})

test('a summary stays below what GitHub takes, and says what it leaves out', async () => {
  const findings = Array.from({ length: 2_000 }, (_, index) => ({
    ...drift,
    line: index + 1,
    detail: Array.from({ length: 20 }, () => 'wool '.repeat(100)),
  }))
  const { summary } = await report(run([chapter('stream', { findings })]))
  expect(Buffer.byteLength(summary!)).toBeLessThan(1024 * 1024)
  expect(summary).toMatch(/and \d+ more findings, which the log shows/)
})

test('without a file for summaries, the annotations are all', async () => {
  const { log } = await report(run([chapter('stream', { findings: [drift] })]), false)
  expect(log).toMatch(/^::error /)
})

test('a summary that cannot be written is a warning, and the annotations are reported', async () => {
  const { log } = await report(run([chapter('stream', { findings: [drift] })]), true, false)
  const reported = log.trimEnd().split('\n').map(annotation)
  expect(reported).toEqual([
    expect.objectContaining({ level: 'error', title: 'drift' }),
    expect.objectContaining({ level: 'warning', message: expect.stringContaining('summary.md') }),
  ])
})
