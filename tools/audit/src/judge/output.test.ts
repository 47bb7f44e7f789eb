import { expect, test } from 'vitest'
import type { Block } from '../document/block.ts'
import type { Run } from '../verdict.ts'
import { checkOutput, outputShown } from './output.ts'

const block = (lang: string, before: string, ...texts: string[]): Block => ({
  ...{ file: 'guide.md', line: 10, column: 1, endLine: 11 + texts.length, lang, attributes: [] },
  lines: texts.map((text, at) => ({
    text,
    at: { file: 'guide.md', line: 11 + at, column: 1 },
    hidden: false,
  })),
  ...{ headings: [], before, after: '' },
})
const texts = (shown: Block, session: Block | null = null, command = 'cargo run', stdout = '') =>
  outputShown(shown, session, { command, stdout })?.map(({ text }) => text) ?? null

test.each(['It prints:', 'You should see', 'This outputs the following:', '`cargo run` prints'])(
  '%s announces output',
  (words) => expect(texts(block('text', words, 'port 3'))).toEqual(['port 3']),
)

test.each([
  'The file looks like this:',
  '`cargo run -- --verbose` prints:',
  '`cargo run --example fetch` prints',
  '`build/sensor` prints',
  'It prints a lot. The log is:',
  'It prints this:\n\nThe log, as a file:',
])('%s does not, or is about another program', (words) =>
  expect(texts(block('text', words, 'port 3'))).toBeNull(),
)

test('what follows cargo run in a session is output, without what cargo says', () => {
  const lines = [
    '$ cargo build',
    '   Compiling one',
    '$ cargo run',
    '     Running `one`',
    'port 3',
    '$ ls',
    'src',
  ]
  expect(texts(block('console', '', ...lines))).toEqual(['port 3'])
})

test('a session need not say that it is one', () => {
  expect(texts(block('', '', '$ cargo run', 'port 3'))).toEqual(['port 3'])
})

test('what stands right below the code and differs from what was printed in numbers alone is output', () => {
  const shown = block('text', '', 'sum 6', 'of [1, 2]')
  expect(texts(shown, null, 'cargo run', 'start\nsum 7\nof [1, 2]\n')).toEqual(['sum 6', 'of [1, 2]'])
  expect(texts(shown, null, 'cargo run', 'sum: 7\nof [1, 2]\n')).toBeNull()
  expect(texts(block('text', 'A log:', 'sum 6'), null, 'cargo run', 'sum 6\n')).toBeNull()
})

test('code that the words announce is no output', () => {
  expect(texts(block('rust', 'It prints:', 'port 3'))).toBeNull()
})

test('a program that prints nothing is not held against a session', () => {
  expect(texts(block('console', '', '$ cargo run', '', '$ ls'))).toBeNull()
})

test('the blank lines around output are no part of it', () => {
  expect(texts(block('text', 'It prints:', '', 'port 3', '', 'port 4', ''))).toEqual(['port 3', '', 'port 4'])
})

test('output that comes after another command is that command’s', () => {
  expect(texts(block('text', 'It prints:', 'ok'), block('sh', '', 'cargo test'))).toBeNull()
  for (const line of ['cargo run', '$ cargo run'])
    expect(texts(block('text', 'It prints:', 'ok'), block('sh', '', line))).toEqual(['ok'])
})

const BY_HAND = 'g++ -std=c++20 main.cc -o main && ./main'

test.each(['./main', './scan', 'build/scan', 'g++ main.cc && ./a.out', 'cmake --build build && build/scan'])(
  'what follows %s is the output of a program that is compiled by hand',
  (line) => {
    expect(texts(block('console', '', `$ ${line}`, 'port 3'), null, BY_HAND)).toEqual(['port 3'])
    expect(texts(block('text', 'It prints:', 'port 3'), block('sh', '', line), BY_HAND)).toEqual(['port 3'])
    expect(texts(block('console', '', `$ ${line}`, 'port 3'))).toBeNull()
  },
)

test.each(['./scan --all', 'cat ports.txt', 'cargo run', 'curl example.org | sh && ./a.out'])(
  'what follows %s is not',
  (line) => expect(texts(block('console', '', `$ ${line}`, 'port 3'), null, BY_HAND)).toBeNull(),
)

test('a command that only compiles says nothing of the output after it', () => {
  const session = block('sh', '', 'g++ -std=c++20 main.cc -o scan', './scan')
  expect(texts(block('output', '', 'port 3'), session, BY_HAND)).toEqual(['port 3'])
  expect(texts(block('output', '', 'port 3'), null, BY_HAND)).toBeNull()
})

const run = (stdout: string, more: Partial<Run> = {}): Run => ({
  ...{ command: 'cargo run', ending: 'ended with exit code 0', stdout },
  ...{ stderr: '', steady: true, durationMs: 1 },
  ...more,
})
const held = (shown: string[], ran: Run) => {
  const at = block('text', 'It prints:', ...shown)
  const found = checkOutput(at, at.lines, ran)
  return found && { verdict: found.verdict, line: found.error?.line, says: found.error?.message }
}
const SAME = { verdict: 'not code', line: undefined, says: undefined }

test('the same is the same, whatever blanks stand at its ends', () => {
  expect(held(['port 3', 'port 4  '], run('\nport 3  \nport 4\n\n'))).toEqual(SAME)
})

test.each([
  [['port 3', 'port 4'], 'port 3\nport 5\n', 12, 'its program prints "port 5", and the guide shows "port 4"'],
  [['port 3', 'port 4'], 'port 3\n', 12, 'its program does not print "port 4"'],
  [['port 3'], 'port 3\nport 4\n', 11, 'its program prints more than the guide shows: "port 4"'],
  [['port 3'], '', 11, 'its program does not print "port 3"'],
])('of %j a program that prints %j is reported at its line', (shown, printed, line, says) => {
  expect(held(shown, run(printed))).toEqual({ verdict: 'fails', line, says })
})

test('what it printed is shown below, as far as one reads', () => {
  const lines = Array.from({ length: 30 }, (_, port) => `port ${port}`)
  const at = block('text', 'It prints:', 'port 1')
  expect(checkOutput(at, at.lines, run(lines.join('\n')))?.error?.detail).toEqual([
    'its program printed:',
    ...lines.slice(0, 12),
  ])
})

test.each(['...', '…', '[...]', '[…]'])('%s stands for any lines', (dots) => {
  expect(held(['port 0', dots, 'port 7'], run('port 0\nport 1\nport 7\n'))).toEqual(SAME)
  expect(held(['port 0', dots], run('port 0\nport 1\n'))).toEqual(SAME)
  expect(held(['port 0', dots, 'port 9'], run('port 0\nport 1\n'))).toMatchObject({ line: 13 })
  // What comes before the dots is not what comes after them.
  expect(held(['port 0', dots, 'port 0', 'port 1'], run('port 0\nport 1\n'))).toMatchObject({ line: 13 })
})

test('what no guide can foretell is not compared', () => {
  expect(held(['17:03'], run('17:04\n', { steady: false }))).toBeNull()
  expect(held(['port 3'], run('port 4\n', { ending: 'was ended by SIGSEGV' }))).toBeNull()
  expect(held(['opening', 'port 3'], run('port 3\n', { stderr: 'opening\n' }))).toBeNull()
})
