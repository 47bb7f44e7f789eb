import { expect, test } from 'vitest'
import { lockChanges } from './locked.ts'

const lock = (...crates: [string, string][]) =>
  [
    'version = 4\n',
    ...crates.map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`),
  ].join('\n')

test('what is newer, gone or new is reported, and what is the same is not', () => {
  const before = lock(['cxx', '1.0.205'], ['foldhash', '0.1.0'], ['syn', '2.0.1'], ['tokio', '1.54.1'])
  const after = lock(
    ['cxx', '1.0.210'],
    ['syn', '2.0.1'],
    ['syn', '3.0.0'],
    ['tokio', '1.54.1'],
    ['z', '1.0.0'],
  )
  expect(lockChanges(before, after)).toEqual([
    { name: 'cxx', before: '1.0.205', after: '1.0.210' },
    { name: 'foldhash', before: '0.1.0', after: null },
    { name: 'syn', before: '2.0.1', after: '2.0.1, 3.0.0' },
    { name: 'z', before: null, after: '1.0.0' },
  ])
  expect(lockChanges(after, after)).toEqual([])
})
