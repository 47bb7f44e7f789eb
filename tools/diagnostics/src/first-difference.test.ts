import { expect, test } from 'vitest'
import { firstDifference } from './first-difference.ts'

test.for([
  ['a\nb\n', 'a\nc\n', 2, 1, 'b', 'c'],
  ['ewe ram\n', 'ewe lamb\n', 1, 5, 'ewe ram', 'ewe lamb'],
  ['🐑🐑a\n', '🐑🐑b\n', 1, 3, '🐑🐑a', '🐑🐑b'],
  ['a\nb\n', 'a\n', 2, 1, 'b', '(the end)'],
  ['a\n', 'a\nb\n', 1, 2, '(the end)', 'b'],
  ['a\n', 'a', 1, 2, 'a', 'a (without a line feed)'],
  ['a', 'a\n', 1, 2, 'a (without a line feed)', 'a'],
  ['a\n', '', 1, 1, 'a', '(the end)'],
  ['', 'a\n', 1, 1, '(the end)', 'a'],
  ['a\n', 'a  \n', 1, 2, 'a', 'a\\x20\\x20'],
  ['a b\n', 'a\tb\r\n', 1, 2, 'a b', 'a\\tb\\r'],
] as const)('%j against %j', ([expected, found, line, column, left, right]) => {
  expect(firstDifference(expected, found)).toEqual({
    line,
    column,
    detail: [`expected  ${left}`, `found     ${right}`],
  })
})
