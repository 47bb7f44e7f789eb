import { expect, test } from 'vitest'
import { readTree } from './tree.ts'

test('what tree(1) draws with spaces that do not break is read as what is typed', () => {
  const expected = ['demo', '├── src', '│   ├── bridge.h', '│   └── lib.rs', '└── Cargo.toml']
  const drawn = expected.map((text) => text.replace('│   ', '│\u00a0\u00a0 '))
  const paths = (texts: readonly string[]) => {
    const lines = texts.map((text, index) => ({
      text,
      at: { file: 'README.md', line: index + 1, column: 1 },
      hidden: false,
    }))
    return readTree(lines)?.entries.map(({ path }) => path)
  }
  expect(paths(drawn)).toEqual(['src', 'src/bridge.h', 'src/lib.rs', 'Cargo.toml'])
  expect(paths(expected)).toEqual(paths(drawn))
})

test('a table of blanks is no tree, and is read at once', () => {
  const line = {
    text: `${'|    '.repeat(200)}x`,
    at: { file: 'README.md', line: 1, column: 1 },
    hidden: false,
  }
  expect(readTree([line, line])).toBeNull()
})
