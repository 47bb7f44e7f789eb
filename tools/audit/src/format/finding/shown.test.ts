import { expect, test } from 'vitest'
import { HOSTILE } from '../../../test/reports.ts'
import { shown, shownLine, shownName } from './shown.ts'

test('what turns, hides or breaks text is seen', () => {
  expect(shown('a\u202eb\u2066c\ufeffd\ufffee\ud800f\u2028g\u00adh')).toBe(
    'a\\u{202e}b\\u{2066}c\\u{feff}d\\u{fffe}e\\u{d800}f\\u{2028}g\\u{ad}h',
  )
  expect(shown('👩\u200d🚀 näme\tend')).toBe('👩\u200d🚀 näme\tend')
})

test('no line begins a command', () => {
  for (const line of shown(HOSTILE).split('\n')) expect(line).not.toMatch(/^\s*::|##|\p{Cc}/u)
  expect(shown(`${'x'.repeat(5_000)}\ny`)).toMatch(/more characters\)\ny$/)
  expect(shownLine(HOSTILE)).not.toMatch(/\n|^\s*::|##|\p{Cc}/u)
})

test('a name is short, and never half a character', () => {
  expect(shownName('x'.repeat(1_000_000))).toBe(`${'x'.repeat(80)}...`)
  expect(shownName(`${'x'.repeat(79)}🐑🐑`)).toBe(`${'x'.repeat(79)}...`)
})

test.each(['\n', ' ', '\r', '#', ':', '\u202e'])(
  'of a megabyte of %j no more is read than is shown',
  (one) => {
    expect(shownLine(one.repeat(1_000_000)).length).toBeLessThan(2_000)
    expect(shown(one === '\n' ? one : one.repeat(1_000_000)).length).toBeLessThan(20_000)
  },
)
