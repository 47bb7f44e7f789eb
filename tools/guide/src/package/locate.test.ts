import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locate, readPackage } from '../index.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const good = await readPackage(fixtures, join(fixtures, 'good'))

test.each([
  ['from the package', 'src/lib.rs'],
  ['from the repository', 'good/src/lib.rs'],
  ['absolute', join(fixtures, 'good/src/lib.rs')],
  ['with a dot', './src/lib.rs'],
])("a path %s leads to the example's own line and column", (_, path) => {
  expect(locate(good, path, 3, 5)).toEqual({ file: 'good/README.md', line: 7, column: 5 })
  expect(locate(good, path, 8, 8)).toEqual({ file: 'good/README.md', line: 14, column: 8 })
})

test('the prefix of a list or a quote is part of the column', async () => {
  const pkg = await readPackage(fixtures, join(fixtures, 'fence-in-list'))
  const quoted = await readPackage(fixtures, join(fixtures, 'fence-in-quote'))
  expect(locate(pkg, 'expected/fetch.txt', 1, 9)).toEqual({
    file: 'fence-in-list/README.md',
    line: 8,
    column: 12,
  })
  expect(locate(quoted, 'expected/fetch.txt', 1, 1)).toEqual({
    file: 'fence-in-quote/README.md',
    line: 6,
    column: 3,
  })
})

test('a line that no example shows as it is stays where it is', async () => {
  const drifted = await readPackage(fixtures, join(fixtures, 'drift-one-line'))
  expect(locate(good, 'src/lib.rs', 1, 1)).toEqual({ file: 'good/src/lib.rs', line: 1, column: 1 })
  expect(locate(drifted, 'src/lib.rs', 3, 5)).toEqual({
    file: 'drift-one-line/src/lib.rs',
    line: 3,
    column: 5,
  })
  expect(locate(good, 'tests/other.rs', 3, 5)).toEqual({ file: 'good/tests/other.rs', line: 3, column: 5 })
})

test('a path outside of the repository comes back as it went in', () => {
  expect(locate(good, '/elsewhere/lib.rs', 3, 5)).toEqual({ file: '/elsewhere/lib.rs', line: 3, column: 5 })
})
