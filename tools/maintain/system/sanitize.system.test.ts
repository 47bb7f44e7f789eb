import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Audit } from '@cookbook/audit'
import { audit } from '@cookbook/cli/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const GUIDES = ['bridged.md', 'cxx.md'].map((name) => join(ROOT, 'tools/audit/fixtures/sanitize', name))

/** Nine programs, each built twice. */
const LIMIT_MS = 10 * 60_000

const folder = mkdtempSync(join(tmpdir(), 'cookbook-sanitize-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Of the C++ below each heading, what came of it and the line that is blamed. */
let reported: Map<string, string[]>

beforeAll(async () => {
  const report = join(folder, 'audit.json')
  const options = ['--sandbox=bubblewrap', '--sanitize', '--no-cache', '--fail-on=never']
  await audit(ROOT, [...options, `--format=json=${report}`, ...GUIDES])
  const { blocks }: Audit = JSON.parse(readFileSync(report, 'utf8'))
  const lines = new Map(
    GUIDES.map((path) => [path.split('/').at(-1)!, readFileSync(path, 'utf8').split('\n')]),
  )
  const said = blocks
    .filter(({ lang }) => lang === 'cpp')
    .map(({ file, line: at, verdict, reason, error }) => {
      const page = file.split('/').at(-1)!
      const heading = lines
        .get(page)!
        .slice(0, at)
        .findLast((text) => text.startsWith('#'))!
      const line = error === null ? reason : `${error.message} | ${lines.get(page)![error.line - 1]!.trim()}`
      return { key: `${page}: ${heading.replace(/^#+ /, '')}`, line: `${verdict}: ${line}` }
    })
  reported = new Map(
    [...Map.groupBy(said, ({ key }) => key)].map(([key, all]) => [key, all.map(({ line }) => line)]),
  )
}, LIMIT_MS)

const OVERFLOW =
  'UndefinedBehaviorSanitizer: signed integer overflow: 2147483647 + 1 cannot be represented in type'

test.each([
  ['cxx.md: Clean', 'runs: it builds as it is, and its program runs'],
  ['cxx.md: Used after it is freed', 'fails: AddressSanitizer: heap-use-after-free | int late = *port;'],
  ['cxx.md: Never freed', 'fails: LeakSanitizer: detected memory leaks | int *port = new int(3);'],
  ['cxx.md: More than an int holds', `fails: ${OVERFLOW} 'int' | int next = port + 1;`],
  ['cxx.md: With CMake', 'fails: AddressSanitizer: heap-use-after-free | int late = *port;'],
  ['bridged.md: Clean', 'runs: it builds as it is, and its program runs'],
  ['bridged.md: Used after it is freed', 'fails: AddressSanitizer: heap-use-after-free | return *copy;'],
  [
    'bridged.md: Never freed',
    'fails: LeakSanitizer: detected memory leaks | auto *copy = new std::int32_t(port);',
  ],
  [
    'bridged.md: More than an int holds',
    `fails: ${OVERFLOW} 'int' | std::int32_t read_port(std::int32_t port) { return port + 1; }`,
  ],
])('%s', (section, line) => {
  expect(`${section}\n${reported.get(section)?.join('\n')}`).toContain(line)
})
