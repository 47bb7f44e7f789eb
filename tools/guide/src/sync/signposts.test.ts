import { expect, test } from 'vitest'
import { parseChapter } from '../chapter/parse.ts'
import { withSignposts } from './signposts.ts'

const CONTENTS = [
  { slug: 'ebb', title: 'ebb' },
  { slug: 'flood', title: 'flood' },
  { slug: 'slack', title: 'slack' },
]
const ALL = '[All chapters](../../README.md#which-chapter-do-i-need)'

const signed = (text: string, slug = 'flood') =>
  withSignposts(parseChapter(text, `patterns/${slug}/README.md`), CONTENTS)

const CHAPTER = [
  '# Flood',
  '',
  '```rust src/lib.rs#wait',
  'fn wait() {}',
  '```',
  '',
  '- In a list:',
  '',
  '  ```cpp small/src/a.cc',
  '  int a;',
  '  ```',
  '',
  '```mermaid',
  'flowchart',
  '```',
  '',
].join('\n')

test('the file of each block stands above it, and the neighbours below the chapter', () => {
  expect(signed(CHAPTER).split('\n')).toEqual([
    '# Flood',
    '',
    '[`src/lib.rs`](src/lib.rs)',
    '```rust src/lib.rs#wait',
    'fn wait() {}',
    '```',
    '',
    '- In a list:',
    '',
    '  [`small/src/a.cc`](small/src/a.cc)',
    '  ```cpp small/src/a.cc',
    '  int a;',
    '  ```',
    '',
    '```mermaid',
    'flowchart',
    '```',
    '',
    `Previous: [ebb](../ebb/README.md) · Next: [slack](../slack/README.md) · ${ALL}`,
    '',
  ])
})

test('what is there is written again where the file or the order is another now', () => {
  expect(signed(signed(CHAPTER))).toBe(signed(CHAPTER))
  const moved = signed(CHAPTER).replaceAll('src/lib.rs#wait', 'src/wait.rs#wait')
  expect(signed(moved, 'slack').split('\n')[2]).toBe('[`src/wait.rs`](src/wait.rs)')
  expect(signed(moved, 'slack')).toContain(`\nPrevious: [flood](../flood/README.md) · ${ALL}\n`)
  expect(signed(moved, 'slack').split('`src/lib.rs`')).toHaveLength(1)
})

test('line ends stay, and so does a chapter that the guide does not list', () => {
  expect(signed('# Ebb\r\n', 'ebb')).toBe(`# Ebb\r\n\r\nNext: [flood](../flood/README.md) · ${ALL}\r\n`)
  expect(signed(CHAPTER, 'new')).toBe(CHAPTER)
})
