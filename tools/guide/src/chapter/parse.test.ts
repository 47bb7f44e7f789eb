import { expect, test } from 'vitest'
import { parseChapter } from '../index.ts'

const page = `
Setext title
============

Use it *when*
it fits.

> 1. Do this:
>
>    ~~~cpp  include/fetch.h#fetch
>    int fetch();
>
>      // deeper
>    ~~~

## What can go *wrong*

- It stops \`once\`, [proved](tests/stop.rs#it_stops) and [proved](tests/stop%20it.rs#no%20leak)
`

test('an example knows where each of its lines stands', () => {
  expect(parseChapter(page, 'README.md').examples).toEqual([
    {
      file: 'README.md',
      lang: 'cpp',
      source: { path: 'include/fetch.h', region: 'fetch' },
      line: 10,
      column: 6,
      fence: '~~~',
      sourceColumn: 14,
      contentLine: 11,
      indent: 5,
      indents: [5, 1, 5],
      endLine: 14,
      text: 'int fetch();\n\n  // deeper',
    },
  ])
})

test('a chapter has a title, an opening and claims', () => {
  const { title, opening, claims, findings } = parseChapter(Buffer.from(page), 'README.md')
  expect(findings).toEqual([])
  expect(title).toBe('Setext title')
  expect(opening).toBe('Use it when it fits.')
  expect(claims).toEqual([
    { text: 'It stops once, and', line: 18, column: 20, file: 'tests/stop.rs', name: 'it_stops' },
    { text: 'It stops once, and', line: 18, column: 57, file: 'tests/stop it.rs', name: 'no leak' },
  ])
})

test('any bytes are a chapter', () => {
  expect(parseChapter('', 'README.md')).toMatchObject({ title: '', opening: '', examples: [], findings: [] })
  expect(parseChapter(new Uint8Array([0xff, 0x00]), 'README.md').findings).toMatchObject([
    { code: 'invalid-utf8', line: 1, column: 1 },
  ])
})
