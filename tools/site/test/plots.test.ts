import { expect, test } from 'vitest'
import { plotsOf } from '../src/plots.ts'

const table = (...rows: string[][]) => [
  { type: 'table_open', content: '' },
  ...rows.flatMap((cells) => [
    { type: 'tr_open', content: '' },
    ...cells.map((content) => ({ type: 'inline', content })),
  ]),
  { type: 'table_close', content: '' },
]

test('a table of ratios is drawn from nothing to its largest one', () => {
  const prose = { type: 'paragraph_open', content: '' }
  const measured = table(
    ['', 'beside', 'measured'],
    ['one `await`', 'a [thread](#t)', '0.50 times the time'],
    ['a batch', 'a channel', '2.00 times the rate'],
    ['allocations', '', '2.00'],
  )
  const [{ at, html }] = plotsOf([prose, ...measured]) as [{ at: number; html: string }]
  expect(at).toBe(1)
  expect(html).toContain('<span>one await, beside a thread</span>')
  expect(html).toContain(
    '<rect width="25.00" height="10" /><line x1="50.00" x2="50.00" y2="10" /></svg><b>0.5× the time</b>',
  )
  expect(html).toContain('<rect width="100.00" height="10" />')
  expect(html.match(/<rect/g)).toHaveLength(2)
})

test('no other table is', () => {
  expect(plotsOf(table(['a', 'b'], ['1.00 times the time', 'once'], ['two', '3']))).toEqual([])
  expect(plotsOf(table(['a', 'times the time'], ['1', '2'], ['3', '4']))).toEqual([])
})
