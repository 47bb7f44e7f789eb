import { chmodSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CHAPTER, LIB, smallChapter } from './small-chapter.ts'

const { path, read, write, edit, commit, synced } = smallChapter()

test('line ends, a byte order mark, a missing final line feed and the mode of a source stay', async () => {
  const odd = `\ufeff${LIB.replaceAll('\n', '\r\n')}`.replace(/\r\n$/, '')
  write('src/lib.rs', odd)
  chmodSync(path('src/lib.rs'), 0o755)
  commit()
  edit('README.md', '    wait();\n}\n', '    wait();\n    stop();\n}\n')
  expect(await synced('--from-chapter')).toMatchObject({ code: 0 })
  expect(read('src/lib.rs')).toBe(odd.replace('wait();\r\n', 'wait();\r\n    stop();\r\n'))
  expect(statSync(path('src/lib.rs')).mode & 0o777).toBe(0o755)
})

test.each([
  [
    'another example shows the same lines',
    '\n```rust src/lib.rs#inner\n    ask();\n```\n',
    'ask();',
    'ask(1);',
  ],
  ['the example holds an anchor', '', 'wait();', '// ANCHOR: mine\n    wait();'],
])('--from-chapter is refused where %s', async (_, more, found, by) => {
  write('README.md', CHAPTER + more)
  commit()
  edit('README.md', found, by)
  const { code, said } = await synced('--from-chapter')
  expect(code).toBe(1)
  expect(read('src/lib.rs')).toBe(LIB)
  expect(said).toContain('the example cannot be written into its source')
})
