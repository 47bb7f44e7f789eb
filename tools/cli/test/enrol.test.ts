import { expect, test } from 'vitest'
import { enrolInContents, enrolInGuide } from '../src/new/enrol.ts'

const names = { slug: 'rate-limit', title: 'A rate limit' }

test('the new chapter is the last row of the table of contents', () => {
  const row = '| one result | [oneshot](patterns/oneshot/README.md) | a channel |'
  const before = [
    '# Guide',
    '',
    '| you need | chapter | cost |',
    '|---|---|---|',
    row,
    '',
    'Read it.',
    '',
  ].join('\n')
  expect(enrolInContents(before, names)).toBe(
    before.replace(
      row,
      `${row}\n| A rate limit | [rate-limit](patterns/rate-limit/README.md) | a thread for each call |`,
    ),
  )
  const narrow = '| a timer | [timer](patterns/timer/README.md) |'
  expect(enrolInContents(narrow, names)).toBe(
    `${narrow}\n| A rate limit | [rate-limit](patterns/rate-limit/README.md) |`,
  )
})

test('without a table there is nowhere to put it', () => {
  expect(() => enrolInContents('# Guide\n', names)).toThrow('README.md has no table that links to a chapter')
})

test('the guide depends on the new pattern, and its dependencies stay in order', () => {
  const manifest = {
    name: 'whole-guide',
    dependencies: { '@cookbook/guide': '*', oneshot: '*', stream: '*' },
  }
  const { name, dependencies } = JSON.parse(enrolInGuide(JSON.stringify(manifest), names))
  expect(name).toBe('whole-guide')
  expect(Object.keys(dependencies)).toEqual(['@cookbook/guide', 'oneshot', 'rate-limit', 'stream'])
})
