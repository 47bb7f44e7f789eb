import { expect, test } from 'vitest'
import { readBlock } from '../../snippet/snippet.ts'
import { readPage } from './page.ts'

const BLOCK = '```cpp\nint main() {}\n```\n'
const pageOf = (text: string) => readPage(text, 'page.md')

test.each([
  ['', '\n'],
  ['', '\n\n'],
  ['> ', '\n> '],
])('a comment before a block leaves it out, with its reason', (before, after) => {
  const block = before === '' ? BLOCK : BLOCK.trim().replaceAll('\n', '\n> ')
  const { page, troubles } = pageOf(
    `${before}<!-- cookbook: skip: needs our board -->${after}${block}\n\n${BLOCK}`,
  )
  expect(troubles).toEqual([])
  expect(page.blocks.map(({ leftOut }) => leftOut)).toEqual(['needs our board', undefined])
  expect(readBlock(page.blocks[0]!, 0, null)).toEqual({
    kind: 'not code',
    reason: 'left out by the page: needs our board',
  })
  expect(readBlock(page.blocks[1]!, 1, null).kind).toBe('snippets')
})

const EXPECTED = 'expected <!-- cookbook: skip: REASON --> on a line of its own before a block'

test.each([
  [`<!-- cookbook: skip -->\n${BLOCK}`, 'this comment gives no reason'],
  [`<!-- cookbook: skip:  -->\n${BLOCK}`, 'this comment gives no reason'],
  [
    `<!-- cookbook: skip: a board -->\nWords.\n\n${BLOCK}`,
    'this comment leaves nothing out: no block follows it',
  ],
  ['<!-- cookbook: skip: a board -->\n', 'this comment leaves nothing out: no block follows it'],
])('%j leaves nothing out, and is an error', (text, message) => {
  const { page, troubles } = pageOf(`# Page\n\n${text}`)
  expect(troubles).toMatchObject([
    { file: 'page.md', line: 3, column: 1, message: `${message}, ${EXPECTED}` },
  ])
  expect(page.blocks.every(({ leftOut }) => leftOut === undefined)).toBe(true)
})

test('within a block it is a line of the block', () => {
  const { page, troubles } = pageOf(`\`\`\`html\n<!-- cookbook: skip -->\n\`\`\`\n\n${BLOCK}`)
  expect(troubles).toEqual([])
  expect(page.blocks[1]!.leftOut).toBeUndefined()
})
