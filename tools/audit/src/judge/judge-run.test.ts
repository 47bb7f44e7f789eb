import type { Outcome } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { RAN, ranBadly, type Shown, shown, tried } from '../../test/tried.ts'
import type { Ran } from '../build/run.ts'
import { judge, reportOf } from './judge.ts'
import type { Tried } from './try.ts'

const LIBRARY = shown('```rust src/lib.rs\npub fn a() {}\n```\n')
const PROGRAM = shown('```rust src/main.rs\nuse guide::a;\nfn main() { a() }\n```\n')
const PANIC: Partial<Outcome> = { kind: 'exited', code: 101 }

/** What is said of each block of a program that ended as `ran` says. */
function judged(blocks: readonly Shown[], ran: Ran, more: Partial<Tried> = {}) {
  const all = tried(
    blocks.map(({ snippet }) => snippet),
    { ran, ...more },
  )
  return blocks.map(({ snippet, block }) => judge(snippet, block, all))
}

const verdicts = (...reported: Parameters<typeof judged>) => judged(...reported).map(({ verdict }) => verdict)

test('a bad end is reported at the line of main', () => {
  expect(judged([LIBRARY, PROGRAM], ranBadly(PANIC))).toMatchObject([
    { verdict: 'builds', reason: 'it builds as it is; its program ended badly' },
    { verdict: 'fails', error: { line: 3, message: 'its program ended badly' } },
  ])
})

test('and of what is new, where the file with main is not', () => {
  const subjects = [LIBRARY.snippet]
  expect(verdicts([PROGRAM, LIBRARY], ranBadly(PANIC), { subjects })).toEqual(['builds', 'fails'])
})

test('a file that is no part of the program is not told of its end, nor is a build script', () => {
  const other = shown('```rust src/bin/other.rs\nfn main() {}\n```\n')
  const script = shown('```rust build.rs\nfn main() {}\n```\n')
  const ran = ranBadly(PANIC, { others: ['src/bin/other.rs'] })
  expect(verdicts([other, script, PROGRAM], ran)).toEqual(['builds', 'builds', 'fails'])
})

test('a panic is reported at its own line, and of its own block alone', () => {
  const blamed = { path: 'src/lib.rs', line: 1, column: 12, message: 'its program panics: out of ports' }
  expect(judged([LIBRARY, PROGRAM], ranBadly(PANIC, { blamed }))).toMatchObject([
    { verdict: 'fails', error: { line: 2, column: 12, message: blamed.message } },
    { verdict: 'builds' },
  ])
})

test('one at a line that an earlier step shows is told of what is new, in the same words', () => {
  const blamed = { path: 'src/lib.rs', line: 1, column: 12, message: 'its program panics: out of ports' }
  const subjects = [PROGRAM.snippet]
  expect(judged([LIBRARY, PROGRAM], ranBadly(PANIC, { blamed }), { subjects })).toMatchObject([
    { verdict: 'builds' },
    { verdict: 'fails', error: { line: 3, message: blamed.message } },
  ])
})

test('a program that does not end is no fault: a server does not', () => {
  const ran = ranBadly({ kind: 'timed-out' }, { ending: 'did not end within 10 s' })
  expect(judged([PROGRAM], ran)).toMatchObject([
    { verdict: 'builds', reason: 'it builds as it is; its program did not end within 10 s' },
  ])
})

test.each([
  ['Rust', '```rust src/main.rs\nfn main() { std::env::args().nth(1).unwrap(); }\n```\n'],
  ['C++', '```cpp src/main.cc\nint main(int argc, char **) { return argc < 2; }\n```\n'],
])('a program in %s that reads arguments may miss them, but may not be stopped', (_, page) => {
  const program = shown(page)
  expect(verdicts([program], ranBadly(PANIC))).toEqual(['builds'])
  expect(verdicts([program], ranBadly({ kind: 'sandbox-limit', reason: 'it filled the disk' }))).toEqual([
    'fails',
  ])
})

test('of a sanitizer’s report its beginning is shown, and of other words their end', () => {
  const words = Array.from({ length: 40 }, (_, line) => `line ${line}`)
  const [head, last] = ['==7==ERROR: AddressSanitizer: heap-use-after-free', 'line 39']
  const detail = (...lines: string[]) =>
    judged([PROGRAM], ranBadly({ ...PANIC, stderr: lines.join('\n') }))[0]!.error!.detail
  const [report, plain] = [detail('opening', head, ...words), detail('opening', ...words)]
  expect([report.length, report[0], plain.length, plain.at(-1)]).toEqual([20, head, 20, last])
})

test('a signal is told of nobody where the guide advises against something of the program, but a panic is', () => {
  const wrong = shown('Wrong:\n\n```rust src/main.rs\nfn main() {}\n```\n')
  expect(verdicts([wrong], ranBadly({ kind: 'signaled', signal: 'SIGABRT' }))).toEqual(['builds'])
  expect(verdicts([wrong], ranBadly(PANIC))).toEqual(['fails'])
})

test('a report keeps how a program ended and what it printed', () => {
  const outcome = { ...RAN.outcome, stdout: 'port 3\n' }
  const { run } = reportOf('guide', tried([PROGRAM.snippet], { ran: { ...RAN, outcome } }), 5, null)
  expect(run).toMatchObject({ command: 'cargo run', ending: 'ended with exit code 0', stdout: 'port 3\n' })
  expect(reportOf('guide', tried([PROGRAM.snippet]), 5, null).run).toBeNull()
})
