import { PassThrough } from 'node:stream'
import { WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { beforeEach, expect, test, vi } from 'vitest'
import { chapter, drift, hostile, run } from '../test/runs.ts'
import { terminalReport } from './terminal.ts'

const { getColorDepth, hasColors } = WriteStream.prototype
const terminal = Object.assign(new PassThrough(), { isTTY: true, getColorDepth, hasColors }) as never
const file = new PassThrough() as never
const unfolded = (text: string) => text.replace(/\s+/g, ' ')

const skipped = {
  checks: [
    {
      name: 'verify.test.ts#memcheck',
      result: 'skipped' as const,
      reason: 'valgrind is not installed',
      durationMs: 0,
    },
  ],
}
const mixed = run(
  [
    chapter('callback', skipped, true),
    chapter('stream', {
      ...skipped,
      examples: [{ line: 41, lang: 'rust', source: 'src/lib.rs#stream', verdict: 'failing' }],
      findings: [drift],
    }),
    { slug: 'window', evidence: null, cached: false },
  ],
  { passed: false },
)

beforeEach(() => {
  vi.stubEnv('NO_COLOR', undefined)
  vi.stubEnv('FORCE_COLOR', undefined)
  vi.stubEnv('CI', undefined)
  vi.stubEnv('TERM', 'xterm-256color')
  return () => vi.unstubAllEnvs()
})

test('a run with a bit of everything', async () => {
  await expect(terminalReport(mixed, file)).toMatchFileSnapshot('../fixtures/mixed.txt')
})

test('colours are for terminals, and change no word', () => {
  const coloured = terminalReport(mixed, terminal)
  const red = coloured.split('\n').filter((line) => line.startsWith('\u001b[31m'))
  expect(red.map(stripVTControlCharacters)).toEqual([
    expect.stringMatching(/^stream /),
    expect.stringMatching(/^window /),
    expect.stringMatching(/^3 chapters/),
  ])
  expect(unfolded(stripVTControlCharacters(coloured))).toBe(unfolded(terminalReport(mixed, file)))
  expect(terminalReport(run([chapter('callback')]), terminal)).toContain('\u001b[32m1 chapter,')
})

test('on a terminal sentences are as wide as it is, and evidence is left as it is', () => {
  const detail = [`- ${'sheep '.repeat(20)}`]
  const findings = [{ ...drift, message: 'the example differs from its source'.repeat(3), detail }]
  const narrow = Object.assign(new PassThrough(), { isTTY: true, columns: 50, getColorDepth, hasColors })
  const lines = stripVTControlCharacters(
    terminalReport(run([chapter('stream', { findings })], { passed: false }), narrow as never),
  ).split('\n')
  expect(lines.filter((line) => line.length > 50)).toEqual([`  ${detail[0]}`])
})

test('NO_COLOR is honoured on a terminal', () => {
  vi.stubEnv('NO_COLOR', '1')
  expect(unfolded(terminalReport(mixed, terminal))).toBe(unfolded(terminalReport(mixed, file)))
})

test('what an example printed commands no terminal and no CI log', () => {
  const lines = terminalReport(run([chapter('stream', { findings: [hostile] })]), file).split('\n')
  expect(lines.join('')).not.toMatch(/\p{Cc}/u)
  expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([])
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(3_000)
  expect(lines.find((line) => line.startsWith('  xxx'))).toMatch(/ \.\.\. \(1046578 more characters\)$/)
})

test('a name of a chapter and a reason are text as well', () => {
  const odd = run([{ slug: '\u001b[2J', evidence: null, cached: false }, chapter('::error::', skipped)])
  const lines = terminalReport(odd, file).split('\n')
  expect(lines.join('')).not.toContain('\u001b')
  expect(lines.filter((line) => line.startsWith('::'))).toEqual([])
})
