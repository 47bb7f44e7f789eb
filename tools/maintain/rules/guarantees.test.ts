import { expect, test } from 'vitest'
import { text, trackedFiles } from './tree.ts'

const page = text('docs/guarantees.md')
const rows = page.split('\n').filter((line) => /^\| (?!promise|---)/.test(line))
const cases = trackedFiles(/^tools\/maintain\/system\/greens\/.*\.patch$/).map(
  (path) => /([^/]+)\.patch$/.exec(path)![1]!,
)
const tests = trackedFiles(/\.test\.ts$/)
const namedIn = (row: string) =>
  [
    ...row
      .split('|')
      .at(-2)!
      .matchAll(/`([^`]+)`/g),
  ].map(([, name]) => name!)

test('each promise has what holds it, and a test', () => {
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) {
    expect(row.split('|'), row).toHaveLength(5)
    expect(namedIn(row), row).not.toEqual([])
  }
})

test('each test that is named is there', () => {
  const unknown = rows.flatMap(namedIn).filter((name) => !cases.includes(name) && !tests.includes(name))
  expect(unknown).toEqual([])
})

test('each attack is named', () => {
  expect(cases.filter((name) => !rows.some((row) => namedIn(row).includes(name)))).toEqual([])
})
