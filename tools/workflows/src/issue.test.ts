import type { Evidence } from '@cookbook/evidence'
import type { Finding } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { type Failure, issue } from './issue.ts'

const canary: Finding = {
  code: 'wrong-diagnostic',
  severity: 'error',
  file: 'patterns/native-async/README.md',
  line: 17,
  column: 1,
  message: 'cxx says something else of reject/async_cpp.rs',
  detail: ['expected  async function is not directly supported yet', 'found     nothing: it compiled'],
  fix: 'say what it says now in the runner',
}

const evidence = (pattern: string, ...findings: Finding[]): Evidence => ({
  version: 3,
  date: '2026-11-29T00:00:00.000Z',
  pattern,
  chapter: { file: `patterns/${pattern}/README.md`, title: pattern },
  toolchain: {
    kind: 'host',
    id: '0123456789abcdef',
    tools: [
      { name: 'rustc', program: 'rustc', version: '1.99.0', output: '' },
      { name: 'g++', program: 'g++', version: '16.1.0', output: '' },
    ],
  },
  digest: '',
  turboHash: null,
  seal: '',
  durationMs: 1,
  examples: [],
  claims: [],
  checks: [],
  commands: [],
  findings,
})

const failure = (more: Partial<Failure> = {}): Failure => ({
  evidence: [evidence('native-async', canary), evidence('oneshot')],
  without: [],
  findings: [],
  under: 'newest crates and the newest g++',
  changes: [{ name: 'cxx', before: '1.0.205', after: '1.0.210' }],
  log: ['the last line'],
  url: 'https://example.com/runs/7',
  ...more,
})

test('a canary that sings: the chapter, its line, what was found and the version', async () => {
  const { title, text } = issue(failure())
  expect(title).toBe('Nightly: native-async with newest crates and the newest g++')
  await expect(text).toMatchFileSnapshot('../test/canary.md')
})

test('a chapter that broke off is named, with the end of the log', () => {
  const { title, text } = issue(failure({ without: ['stream'] }))
  expect(title).toContain('native-async, stream with')
  expect(text).toMatch(/### patterns\/stream\n\nIt exited[\s\S]*the last line/)
})

test('a night that reached no chapter is told by the end of its log', () => {
  const { title, text } = issue(failure({ evidence: [], without: ['oneshot', 'stream'], findings: null }))
  expect(title).toBe('Nightly: the guide with newest crates and the newest g++')
  expect(text).toContain('the last line')
  expect(text).not.toContain('broke off')
})

test('a finding of the guide as a whole is reported, and a warning is not', () => {
  const whole: Finding = { ...canary, code: 'contents', file: 'README.md', line: 3 }
  const warning: Finding = { ...canary, severity: 'warning', line: 99 }
  const { title, text } = issue(failure({ evidence: [evidence('stream', warning)], findings: [whole] }))
  expect(title).toContain('Nightly: README.md with')
  expect(text).toContain('### README.md:3:1 contents')
  expect(text).not.toContain(':99:')
})

const HOSTILE = [
  '```',
  '@everyone <img src=x onerror=alert(1)> [link](https://example.com) #1',
  '::set-output name=a::b',
  '::stop-commands::x',
  '##[error]no',
  '\u001b[2J\r\u0007',
  '``````` more than seven',
  'x'.repeat(1024 * 1024),
]

test('what a compiler printed is text in a fence that it cannot close', () => {
  const crates = [{ name: '@all|`<b>', before: null, after: '1' }]
  const hostile: Finding = {
    ...canary,
    message: HOSTILE.join('\n'),
    detail: HOSTILE,
    fix: HOSTILE.join('\n'),
  }
  const file: Finding = { ...canary, file: 'patterns/`a`<b>@c/README.md\n# head' }
  const { title, text } = issue(
    failure({ evidence: [evidence('a', hostile, file)], log: HOSTILE, changes: crates }),
  )
  expect(title).not.toMatch(/\p{Cc}/u)
  expect(text.length).toBeLessThan(65_536)
  expect(text).not.toMatch(/[^\P{Cc}\n]|^\s*::|##\[/mu)
  // What stands outside of the fences.
  const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
  expect(outside).not.toMatch(/@|<|`|\[|^# /m)
  expect(outside).toContain('### Versions')
})

test('many findings are cut, counted, and the versions stay', () => {
  const many = Array.from({ length: 2_000 }, (_, line) => ({ ...canary, line: line + 1 }))
  const { text } = issue(failure({ evidence: [evidence('native-async', ...many)] }))
  expect(text.length).toBeLessThan(65_536)
  expect(text).toMatch(/\d+ more, which the log shows/)
  expect(text).toContain('| cxx | 1.0.205 | 1.0.210 |')
})

test('a title is one line and not longer than a code host takes', () => {
  const many = Array.from({ length: 90 }, (_, index) =>
    evidence(`p${index}`, { ...canary, file: `patterns/p${index}/README.md` }),
  )
  expect(issue(failure({ evidence: many })).title.length).toBeLessThan(256)
})
