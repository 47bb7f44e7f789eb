import { expect, test } from 'vitest'
import { HOSTILE } from '../../test/reports.ts'
import { shown, shownLine, shownName } from './shown.ts'

test('what turns, hides or breaks text is seen', () => {
  expect(shown('a\u202eb\u2066c\ufeffd\ufffee\ud800f\u2028g\u00adh')).toBe(
    'a\\u{202e}b\\u{2066}c\\u{feff}d\\u{fffe}e\\u{d800}f\\u{2028}g\\u{ad}h',
  )
  expect(shown('👩\u200d🚀 näme\tend')).toBe('👩\u200d🚀 näme\tend')
})

test('no line begins a command', () => {
  for (const line of shown(HOSTILE).split('\n')) expect(line).not.toMatch(/^\s*::|##|\p{Cc}/u)
  expect(shownLine(HOSTILE)).not.toMatch(/\n|^\s*::|##|\p{Cc}/u)
})

test('a name is short, and never half a character', () => {
  expect(shownName('x'.repeat(1_000_000))).toBe(`${'x'.repeat(80)}...`)
  expect(shownName(`${'x'.repeat(79)}🐑🐑`)).toBe(`${'x'.repeat(79)}...`)
})

test.each(['\n', ' ', '\r', '#', ':', '\u202e'])('many of %j takes no time to speak of', (one) => {
  const started = performance.now()
  shownLine(one.repeat(200_000))
  shown(one.repeat(200_000))
  expect(performance.now() - started).toBeLessThan(4_000)
})
