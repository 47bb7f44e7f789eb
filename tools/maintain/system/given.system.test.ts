import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What a caller gives a guide besides: folders of headers, libraries, the checkout that a README is about. */

const ROOT = join(import.meta.dirname, '../../..')
const LIBRARY = join(ROOT, 'tools/audit/fixtures/library')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-given-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function audited(...options: string[]) {
  const report = join(folder, 'audit.json')
  const args = [...options, '--format', `json=${report}`, join(LIBRARY, 'README.md')]
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
