import { expect, test } from 'vitest'
import { compareVersions, type FloorName, floorOf } from './floors.ts'
import { shortfalls } from './shortfalls.ts'

const tool = (name: FloorName, version: string | null) => ({ name, program: name, version, output: '' })

test.for([
  ['1.88.0', '1.88.0', 0],
  ['1.88', '1.88.0', 0],
  ['1.9.0', '1.10.0', -1],
  ['1.88.1', '1.88.0', 1],
  ['2.0.0', '1.99.99', 1],
  ['12.0', '12.0.1', -1],
] as const)('%s against %s', ([a, b, expected]) => {
  expect(Math.sign(compareVersions(a, b))).toBe(expected)
  expect(Math.sign(compareVersions(b, a))).toBe(expected === 0 ? 0 : -expected)
})

test('a tool at its floor is enough, and one below it is not', () => {
  const floor = floorOf('rustc')!
  expect(shortfalls([tool('rustc', floor)])).toEqual([])
  const [major, minor] = floor.split('.').map(Number)
  const found = shortfalls([tool('rustc', `${major}.${minor! - 1}.9`)])
  expect(found).toMatchObject([{ floor, needed: true, install: expect.stringContaining('rustup') }])
})

test('a tool that is not there falls short, needed or not, with or without a floor', () => {
  const found = shortfalls([tool('g++', null), tool('cc', null), tool('valgrind', null)])
  expect(found.map(({ tool, needed }) => [tool.name, needed])).toEqual([
    ['g++', true],
    ['cc', true],
    ['valgrind', false],
  ])
})

test('any version will do where no floor is stated', () => {
  expect(floorOf('cc')).toBeNull()
  expect(shortfalls([tool('cc', '0.1')])).toEqual([])
})
