import { expect, test } from 'vitest'
import type { Block } from './block.ts'
import { checkOutput, outputShown } from './output.ts'
import type { Run } from './verdict.ts'

const block = (lang: string, before: string, ...texts: string[]): Block => ({
  ...{ file: 'guide.md', line: 10, column: 1, endLine: 11 + texts.length, lang, attributes: [] },
  lines: texts.map((text, at) => ({
    text,
    at: { file: 'guide.md', line: 11 + at, column: 1 },
    hidden: false,
  })),
  ...{ headings: [], before, after: '' },
})
const texts = (shown: Block, session: Block | null = null, command = 'cargo run') =>
  outputShown(shown, session, command)?.map(({ text }) => text) ?? null

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

test('output that comes after another command is that command’s', () => {
  expect(texts(block('text', 'It prints:', 'ok'), block('sh', '', 'cargo test'))).toBeNull()
  expect(texts(block('text', 'It prints:', 'ok'), block('sh', '', 'cargo run'))).toEqual(['ok'])
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
})

const run = (stdout: string, more: Partial<Run> = {}): Run => ({
  ...{ command: 'cargo run', ending: 'ended with exit code 0', stdout },
  ...{ stderr: '', steady: true, durationMs: 1 },
  ...more,
})
const held = (shown: string[], ran: Run) => {
  const at = block('text', 'It prints:', ...shown)
  const found = checkOutput(at, at.lines, ran)
  return found === null ? null : [found.verdict, found.error?.line]
}

test('the same is the same, whatever blanks stand at its ends', () => {
  expect(held(['port 3', 'port 4'], run('\nport 3  \nport 4\n\n'))).toEqual(['not code', undefined])
})

test('what differs is told at its line', () => {
  expect(held(['port 3', 'port 4'], run('port 3\nport 5\n'))).toEqual(['fails', 12])
  expect(held(['port 3', 'port 4'], run('port 3\n'))).toEqual(['fails', 12])
  expect(held(['port 3'], run('port 3\nport 4\n'))).toEqual(['fails', 11])
  expect(held(['port 3'], run(''))).toEqual(['fails', 11])
})

test('three dots stand for any lines', () => {
  expect(held(['port 0', '...', 'port 7'], run('port 0\nport 1\nport 7\n'))).toEqual(['not code', undefined])
  expect(held(['port 0', '…'], run('port 0\nport 1\n'))).toEqual(['not code', undefined])
  expect(held(['port 0', '...', 'port 9'], run('port 0\nport 1\n'))).toEqual(['fails', 13])
})

test('what no guide can foretell is not compared', () => {
  expect(held(['17:03'], run('17:04\n', { steady: false }))).toBeNull()
  expect(held(['port 3'], run('port 4\n', { ending: 'ended with exit code 1' }))).toBeNull()
  expect(held(['opening', 'port 3'], run('port 3\n', { stderr: 'opening\n' }))).toBeNull()
})
