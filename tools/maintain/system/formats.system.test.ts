import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Audit } from '@cookbook/audit'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Documents of each format are tried with what they document. */

const ROOT = join(import.meta.dirname, '../../..')
const DOCUMENTS = join(ROOT, 'tools/audit/fixtures/documents')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-formats-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function audited(path: string): Promise<Audit['blocks']> {
  const report = join(folder, 'audit.json')
  // They were written for this, and what a sandbox holds is tested elsewhere.
  await audit(ROOT, ['--trust', '--format', `json=${report}`, join(DOCUMENTS, path)])
  return JSON.parse(readFileSync(report, 'utf8')).blocks
}

const place = (file: string, line: number) => `${relative(DOCUMENTS, join(process.cwd(), file))}:${line}`

test('the audit agrees with rustdoc on each of its tests', async () => {
  const crate = join(folder, 'meter')
  cpSync(join(DOCUMENTS, 'rustdoc'), crate, { recursive: true })
  const args = [
    'test',
    '--doc',
    '--manifest-path',
    join(crate, 'Cargo.toml'),
    '--target-dir',
    join(folder, 'target'),
  ]
  const { stdout } = spawnSync('cargo', args, { encoding: 'utf8' })
  const ofRustdoc = [...stdout.matchAll(/^test (\S+) - .*\(line (\d+)\)(?: - [\w ]+)? \.\.\. (\w+)/gm)].map(
    ([, file, line, result]) => [`rustdoc/${file}:${line}`, result] as const,
  )
  expect(ofRustdoc.length).toBeGreaterThan(8)
  const ofAudit = new Map(
    (await audited('rustdoc')).flatMap(({ file, line, lang, verdict, asTold }) => {
      if (lang !== 'rust') return []
      const isGood = verdict === 'runs' || verdict === 'builds' || (verdict === 'fails' && asTold)
      const result = isGood ? 'ok' : verdict === 'fragment' ? 'ignored' : 'FAILED'
      return [[place(file, line), result] as const]
    }),
  )
  // rustdoc counts the lines of an attribute otherwise, and those of a file that it includes from the attribute on.
  const comparable = ofRustdoc.filter(([at]) => ofAudit.has(at))
  expect(comparable.length).toBeGreaterThan(6)
  expect(comparable.map(([at]) => [at, ofAudit.get(at)])).toEqual(comparable)
  const count = (results: Iterable<string>, wanted: string) =>
    [...results].filter((one) => one === wanted).length
  expect(count(ofAudit.values(), 'FAILED')).toBe(
    count(
      ofRustdoc.map(([, result]) => result!),
      'FAILED',
    ),
  )
})

test('examples of Doxygen are tried with the header that they stand in', async () => {
  const blocks = (await audited('doxygen')).map(({ line, verdict, reason }) => [line, verdict, reason])
  expect(blocks).toEqual(
    expect.arrayContaining([
      [7, 'builds with help', 'put the statements into a function'],
      [25, 'fragment', expect.stringContaining('`meter`')],
      [44, 'runs', expect.anything()],
      [45, 'untried', expect.stringMatching(/has no snippet \[lost\]/)],
      [46, 'untried', expect.stringMatching(/^not read: /)],
    ]),
  )
})
