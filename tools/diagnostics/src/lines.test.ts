import { expect, test } from 'vitest'
import { outputLines } from './lines.ts'

test.each(['', 'a', 'a\n', '\n', 'a\n\nb', 'a\nb\n'])('%j is all of its lines', (output) => {
  expect(outputLines(output)).toEqual(output.split('\n'))
})

test('of too many lines the first and the last are kept, none twice', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at))
  for (const count of [50_000, 50_001, 99_999, 100_000])
    expect(outputLines(numbers(count).join('\n'))).toEqual(numbers(count))
  const ends = outputLines(numbers(300_000).join('\n'))
  expect(ends).toEqual([...numbers(50_000), ...numbers(300_000).slice(-50_000)])
})

test('a line is cut where nobody reads on', () => {
  expect(outputLines('x'.repeat(1_000_000))).toEqual(['x'.repeat(2_000)])
})
