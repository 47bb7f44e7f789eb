import { expect, test } from 'vitest'
import { contents } from '../index.ts'

const readme = `# Cookbook

See [one](patterns/prose/README.md), which is no entry.

- [One result](patterns/oneshot/README.md): await what C++ does **once**
- 🙂 [Many](./patterns/stream/) – with [limits](https://example.com)
  1. [Deep](patterns/deep#part)

| chapter | for |
|---|---|
| [A table](patterns/table/README.md) | \`rows\` |

- [Elsewhere](patterns/oneshot/src/lib.rs) [and](docs/README.md)
`

test('the table of contents is the links to chapters in lists and tables, in reading order', () => {
  expect(contents(readme, 'README.md')).toEqual([
    {
      slug: 'oneshot',
      title: 'One result',
      text: 'await what C++ does once',
      file: 'README.md',
      line: 5,
      column: 3,
    },
    { slug: 'stream', title: 'Many', text: '🙂 – with limits', file: 'README.md', line: 6, column: 5 },
    { slug: 'deep', title: 'Deep', text: '', file: 'README.md', line: 7, column: 6 },
    { slug: 'table', title: 'A table', text: 'rows', file: 'README.md', line: 11, column: 3 },
  ])
})
