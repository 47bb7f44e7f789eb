import { expect, test } from 'vitest'
import { readBase } from '../../test/base.ts'
import { linkFindings } from './link-findings.ts'

const pkg = await readBase()
const COMMAND = '"cc" "-m64" "/deps/symbols.o" "-lstdc++" "-o" "/deps/tally"'
const linked = (...words: string[]) => {
  const notes = [
    `note: ${COMMAND}`,
    'note: some arguments are omitted',
    `note: ${words.join('\n          ')}`,
  ]
  return linkFindings(pkg, { message: 'linking with `cc` failed: exit status: 1', notes })
}

const LLD = [
  'rust-lld: error: undefined symbol: count_words(rust::cxxbridge1::Str)',
  '>>> referenced by lib.rs.cc:192 (/out/lib.rs.cc:192)',
]
const LD = [
  "/usr/bin/ld: /deps/libtally.rlib(lib.rs.o): in function `cxxbridge1$count_words':",
  "/out/lib.rs.cc:192: undefined reference to `count_words(rust::cxxbridge1::Str)'",
  'collect2: error: ld returned 1 exit status',
]

test.for([
  ['lld', LLD],
  ['GNU ld', LD],
])('what %s misses is shown where the header declares it', ([, words]) => {
  const found = linked(...(words as string[]))
  expect(found).toMatchObject([
    {
      file: 'patterns/tally/README.md',
      line: 55,
      column: 13,
      message: expect.stringContaining('nothing defines count_words(rust::cxxbridge1::Str)'),
    },
  ])
  expect(found[0]!.detail.join('\n')).not.toContain('-lstdc++')
})

test('each symbol is reported once, however often it is missed', () => {
  expect(linked(...LLD, ...LLD, 'rust-lld: error: undefined symbol: fleece()')).toHaveLength(2)
})

test('a symbol that nothing declares is shown at the build script', () => {
  expect(linked('rust-lld: error: undefined symbol: fleece()')).toMatchObject([
    { file: 'patterns/tally/README.md', line: 21 },
  ])
})

test('a library that is not there is reported in the words of the linker', () => {
  const found = linked('/usr/bin/ld: cannot find -lfleece: No such file or directory')
  expect(found).toMatchObject([{ file: 'patterns/tally/README.md', line: 6 }])
  expect(found[0]!.detail).toEqual(['/usr/bin/ld: cannot find -lfleece: No such file or directory'])
})
