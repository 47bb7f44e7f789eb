import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeReportFiles } from '../src/verify/report-files.ts'
import { takeReportFiles } from '../src/verify/verify-command.ts'

test('files for reports are ours, all other arguments turbo’s', () => {
  expect(
    takeReportFiles(['--filter=a', '--sarif=x/a b.sarif', '--force', '--junit=j.xml', '--sarif']),
  ).toEqual({
    files: [
      { format: 'sarif', path: 'x/a b.sarif' },
      { format: 'junit', path: 'j.xml' },
    ],
    rest: ['--filter=a', '--force', '--sarif'],
  })
})

test('each file is written, with its folder; one that cannot be written is an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reports-'))
  const run = { chapters: [], findings: [], durationMs: 1, passed: true }
  try {
    const paths = { sarif: join(folder, 'new/verify.sarif'), junit: join(folder, 'new/verify.xml') }
    await writeReportFiles(run, [
      { format: 'sarif', path: paths.sarif },
      { format: 'junit', path: paths.junit },
    ])
    expect(JSON.parse(readFileSync(paths.sarif, 'utf8')).version).toBe('2.1.0')
    expect(readFileSync(paths.junit, 'utf8')).toMatch(/^<\?xml/)
    await expect(writeReportFiles(run, [{ format: 'junit', path: join(paths.junit, 'x') }])).rejects.toThrow()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
