import { expect, test } from 'vitest'
import { empty, good, report, rich } from '../../test/reports.ts'
import { compare, keyed } from './finding/baseline.ts'
import { findingsOf } from './finding/finding.ts'
import { text } from './text.ts'

const whole = report()
const CONTROL = /[\p{Cc}\p{Cf}\p{Cn}\p{Cs}]/u

test('blocks stand by section, with what is wrong and the offending line', async () => {
  await expect(text(whole, false)).toMatchFileSnapshot('../../fixtures/format/rich.txt')
})

test('nothing in a guide reaches the terminal as a command', () => {
  const lines = text(whole, false).split('\n')
  expect(lines.join('').length).toBeLessThan(50_000)
  expect(lines.filter((line) => /^\s*::|##/.test(line) || CONTROL.test(line.replaceAll('\t', '')))).toEqual(
    [],
  )
})

test('the caret stands below the offending column, tabs and wide characters before it', () => {
  const lines = text(whole, false).split('\n')
  const at = lines.findIndex((line) => line.includes('näme'))
  expect(lines[at]!.slice(lines[at + 1]!.indexOf('^'))).toMatch(/^"sheep"/)
})

test('what is good says so in one line a block', () => {
  expect(text(report(good), false)).toMatchInlineSnapshot(`
    "Moving
      docs/herd.md:50  cpp      src/graze.cc  builds  it builds as it is

    docs/herd.md, not tried
      docs/herd.md:60                         fragment  too little to be tried
      docs/herd.md:70  console                not code  a console session

    3 blocks: 1 builds, 1 fragment, 1 not code; passed in 31.2 s
    "
  `)
})

test('a guide without a block passes', () => {
  expect(text(report(empty), false)).toMatchInlineSnapshot(`
    "0 blocks; passed in 31.2 s
    "
  `)
})

test('colours come only where they are wanted', () => {
  expect(text(whole, true)).toContain('\u001b[31mblock-fails')
  expect(text(report(good), true)).toContain('\u001b[32m')
})

test('sentences are folded at a width, and what a page or a compiler says is not', () => {
  const wide = text(whole, false).split('\n')
  const narrow = text(whole, false, 60).split('\n')
  expect(narrow.join(' ').replace(/\s+/g, ' ')).toBe(wide.join(' ').replace(/\s+/g, ' '))
  const isHelp = (line: string) => line.includes('a reader must')
  expect(wide.filter((line) => isHelp(line) && line.length > 60)).not.toEqual([])
  expect(narrow.filter((line) => isHelp(line) && line.length > 60)).toEqual([])
  expect(narrow.filter((line) => line.length > 60)).not.toEqual([])
})

test('what the baseline holds is reported as such, and what is gone is said', () => {
  const { quote } = whole
  const found = keyed(findingsOf(rich), quote)
  const entry = (key: string, message: string, file = 'docs/herd.md') => ({
    key,
    rule: 'block-fails',
    file,
    message,
    count: 1,
  })
  const fails = found.find(({ finding }) => finding.line === 32)!
  const baseline = [
    entry(fails.key, fails.finding.message),
    entry('0', 'no such sheep'),
    entry('1', 'elsewhere', 'other.md'),
  ]
  expect(compare(found, baseline, quote).known).toEqual(new Set([fails.finding]))
  const reported = text(report(rich, 'error', baseline), false)
  expect(reported).toContain('mismatched types [in the baseline]')
  expect(reported).toContain('gone: docs/herd.md block-fails: no such sheep')
  expect(reported).toContain('1 finding of the baseline is of pages that were not read')
})
