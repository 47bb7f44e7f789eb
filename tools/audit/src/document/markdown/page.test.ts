import { expect, test } from 'vitest'
import { readPage } from './page.ts'

test('a block has its language, its attributes, and the words and headings around it', () => {
  const text = [
    '# Title',
    'Not this.',
    '',
    'Two',
    '---',
    'In [the file](a.md) `src/main.rs`:',
    '',
    '```Rust,ignore title="src/main.rs"',
    'fn main() {}',
    '```',
    '<!-- # Not a heading -->',
    'And **after** it.',
  ].join('\n')
  const { page } = readPage(text, 'guide.md')
  expect(page.title).toBe('Title')
  expect(page.blocks[0]).toMatchObject({
    line: 8,
    endLine: 10,
    lang: 'rust',
    attributes: ['ignore', 'title="src/main.rs"'],
    headings: [
      { depth: 1, text: 'Title', line: 1 },
      { depth: 2, text: 'Two', line: 4 },
    ],
    before: 'In the file `src/main.rs`:',
    after: 'And after it.',
  })
})

test.each([
  ['rust:src/lib.rs', 'rust', ['src/lib.rs']],
  ['{.cpp .numberLines}', 'cpp', ['numberLines']],
  ['cpp src/a.cc', 'cpp', ['src/a.cc']],
  ['', '', []],
  ['C++', 'c++', []],
])('the info string `%s` is understood', (info, lang, attributes) => {
  const [block] = readPage(`\`\`\`${info}\ncode\n\`\`\`\n`, 'a.md').page.blocks
  expect(block).toMatchObject({ lang, attributes })
})

test('lines are where the page has them: in lists, in quotes, with tabs and CRLF', () => {
  const text = '1. Item\r\n\r\n   ```rust\r\n   \tlet a;\r\n   ```\r\n\r\n> ```cpp\r\n> int b;\r\n> ```\r\n'
  const lines = readPage(text, 'a.md').page.blocks.flatMap((block) => block.lines)
  expect(lines.map(({ text, at }) => [text, at.line, at.column])).toEqual([
    ['\tlet a;', 4, 4],
    ['int b;', 8, 3],
  ])
})

test('what is malformed is reported, and the rest is read', () => {
  const bytes = Buffer.concat([
    Buffer.from('caf'),
    Buffer.from([0xe9]),
    Buffer.from('\n\n```rust\nfn a() {}\n'),
  ])
  const { page, troubles } = readPage(bytes, 'a.md')
  expect(page.blocks).toHaveLength(1)
  expect(troubles.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '1:4 the byte 0xe9 is not UTF-8 here',
    '3:1 this fence is never closed',
  ])
})

test('front matter is no heading, and what lies between two rules is read', () => {
  const fence = '```rust\nfn main() {}\n```\n'
  expect(readPage(`---\ntitle: A page\n---\n${fence}`, 'a.md').page.blocks[0]?.headings).toEqual([])
  expect(readPage(`---\n\n${fence}\n---\n`, 'a.md').page.blocks).toHaveLength(1)
})
