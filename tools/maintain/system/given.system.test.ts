import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What a caller gives a guide besides: folders of headers, libraries, the checkout that a README is about. */

const ROOT = join(import.meta.dirname, '../../..')
const LIBRARY = join(ROOT, 'tools/audit/fixtures/library')
const CRATES = join(ROOT, 'tools/audit/fixtures/crate-checkout')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-given-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const audited = (...options: string[]) => auditedOf(LIBRARY, ...options)

async function auditedOf(checkout: string, ...options: string[]) {
  const report = join(folder, 'audit.json')
  const args = [...options, '--format', `json=${report}`, join(checkout, 'README.md')]
  const code = await audit(ROOT, args)
  const text = readFileSync(report, 'utf8')
  expect(text).not.toMatch(/\/(?:groups|seeds|given)\//)
  const { blocks } = JSON.parse(text)
  return [
    code,
    ...blocks.map(({ verdict, reason }: { verdict: string; reason: string }) => [verdict, reason]),
  ]
}

const FAILS = ['fails', expect.stringMatching(/^C\+\+: .*ring::queue<int>.* has no member named .*size/)]

test.each([['--sandbox=bubblewrap'], ['--trust']])(
  '%s: a README is judged against its checkout',
  async (sandbox) => {
    expect(await audited(sandbox, '--no-cache', '--project', LIBRARY)).toEqual([
      1,
      ['runs', 'it builds as it is, and its program runs'],
      FAILS,
    ])
  },
)

test('a folder of headers is enough to compile, and not to link', async () => {
  expect(await audited('--include', join(LIBRARY, 'include'))).toEqual([
    1,
    ['builds', expect.any(String)],
    FAILS,
  ])
})

test('without either nothing is tried, and the options are named', async () => {
  const untried = [
    'untried',
    expect.stringMatching(
      /^it needs the header ring\/queue\.hpp .*; --include DIR, --library NAME of pkg-config or --project DIR/,
    ),
  ]
  expect(await audited('--fail-on=error')).toEqual([0, untried, untried])
  expect(await audited('--fail-on=untried')).toEqual([1, untried, untried])
})

test.each([['--sandbox=bubblewrap'], ['--trust']])(
  '%s: the README of a crate is judged against the crates and headers of its checkout',
  async (sandbox) => {
    const dependency = expect.stringContaining('add `fixture-counter = "2.1.0"` to [dependencies]')
    expect(await auditedOf(CRATES, sandbox, '--no-cache', '--project', CRATES)).toEqual([
      1,
      ['builds with help', dependency],
      ['builds with help', dependency],
      ['fails', expect.stringContaining('cannot find function `thrice` in crate `fixture_counter`')],
      ['builds with help', dependency],
    ])
  },
)

test('without the checkout its crates are left to the reader', async () => {
  const [code, ...blocks] = await auditedOf(CRATES, '--trust', '--fail-on=error')
  expect(code).toBe(0)
  for (const [verdict, reason] of blocks.slice(0, 3)) {
    expect(verdict).toBe('fragment')
    expect(reason).toMatch(/^it uses `fixture_counter::/)
  }
})
