import { expect, test } from 'vitest'
import { empty, good, report, rich } from '../../test/reports.ts'
import { markdown } from './markdown.ts'

const whole = report()

test('a summary shows what fails first, then the sections', async () => {
  await expect(markdown(whole)).toMatchFileSnapshot('../../fixtures/format/rich.md')
})

test('what is good has no findings', () => {
  expect(markdown(report(good))).toMatch(/^## ✅/)
  expect(markdown(report(good))).not.toContain('<summary>')
  expect(markdown(report(empty))).toContain('0 blocks')
})

test('no hostile word is HTML, Markdown, a mention or a mark', () => {
  const text = markdown(whole).replaceAll('\t', '')
  expect(text).not.toMatch(
    /<(?:script|img|!--)|\]\(|\*\*|`|@|\n\n|[^\P{Cc}\n]|\p{Bidi_Control}|^\s*::|##\[/mu,
  )
  expect(text.length).toBeLessThan(50_000)
})

test('a summary stays below what GitHub takes, and says what it leaves out', () => {
  const lints = Array.from({ length: 3_000 }, (_, line) => ({
    ...rich.lints[0]!,
    line: line + 1,
    detail: Array.from({ length: 15 }, () => 'wool '.repeat(50)),
  }))
  const blocks = Array.from({ length: 10_000 }, (_, index) => ({
    ...rich.blocks[4]!,
    group: `section ${index}`,
  }))
  const text = markdown(report({ ...rich, lints, blocks }))
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
  expect(text).toMatch(/and \d+ more findings, which the log shows/)
  expect(text).toMatch(/and \d+ more sections/)
})
