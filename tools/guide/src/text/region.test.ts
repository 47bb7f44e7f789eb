import { expect, test } from 'vitest'
import { regionsOf } from '../index.ts'

test('regions nest and overlap, and know the lines that they show', () => {
  const { regions, whole, problems } = regionsOf(
    ['// ANCHOR: a', 'one', '# ANCHOR: b', 'two', '// ANCHOR_END: a', 'three', '# ANCHOR_END: b', ''].join(
      '\r\n',
    ),
  )
  expect(problems).toEqual([])
  expect(regions.get('a')).toEqual({ text: 'one\ntwo', firstLine: 2, lines: [2, 4] })
  expect(regions.get('b')).toEqual({ text: 'two\nthree', firstLine: 4, lines: [4, 6] })
  expect(whole).toEqual({ text: 'one\ntwo\nthree', firstLine: 1, lines: [2, 4, 6] })
})

test('a region with a problem cannot be shown', () => {
  const { regions, problems } = regionsOf(
    '// ANCHOR: twice\na\n// ANCHOR_END: twice\n// ANCHOR: twice\nb\n// ANCHOR_END: twice\n// ANCHOR: open\nc\n',
  )
  expect([...regions.keys()]).toEqual([])
  expect(problems).toEqual([
    { kind: 'twice', name: 'twice', line: 4, column: 4, first: 1 },
    { kind: 'unclosed', name: 'open', line: 7, column: 4, first: null },
  ])
})
