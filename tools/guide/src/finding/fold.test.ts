import { expect, test } from 'vitest'
import { fold, widthOf } from './fold.ts'

test('a long line is broken at spaces, and what follows is indented more', () => {
  expect(fold('  one two three four five\nshort', 14)).toBe('  one two\n    three four\n    five\nshort')
})

test('no word is broken, and what paints a word takes no room', () => {
  expect(fold('a patterns/oneshot/README.md:19', 10)).toBe('a\n  patterns/oneshot/README.md:19')
  expect(fold('\u001b[31mred\u001b[39m one two', 11)).toBe('\u001b[31mred\u001b[39m one two')
})

test('messages are as wide as a terminal and 80 columns at most, and are not broken elsewhere', () => {
  expect(widthOf({ isTTY: true, columns: 200 })).toBe(80)
  expect(widthOf({ isTTY: true, columns: 60 })).toBe(60)
  expect(widthOf({ isTTY: false })).toBe(Infinity)
  expect(fold('one two', Infinity)).toBe('one two')
})
