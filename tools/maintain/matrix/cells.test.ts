import { matchesGlob } from 'node:path'
import { cellAtHand } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { CELLS, environmentOf, nameOf, shareCrates } from './cells.ts'

const names = CELLS.map(nameOf)
const cell = (name: string) => CELLS[names.indexOf(name)]!

test('every combination is a cell, and each compiler of each place is watched in three ways', () => {
  expect(new Set(names).size).toBe(names.length)
  const instrumented = names.filter((name) => !name.endsWith('/plain'))
  expect([names.length - instrumented.length, instrumented.length]).toEqual([2 * 3 * 3 * 2 * 2, 2 * 3 * 3])
  expect(
    instrumented.filter((name) => matchesGlob(name, 'docker/*/c++20/stable/debug/threads')),
  ).toHaveLength(3)
})

test('what runs in a cell is told its own cell', () => {
  for (const each of CELLS) {
    const { MATRIX_CELL, TOOLCHAIN } = environmentOf(each)
    expect(each).toMatchObject({ ...cellAtHand(MATRIX_CELL), place: TOOLCHAIN })
  }
  expect(environmentOf(cell('host/g++-12/c++20/floor/debug/plain')).RUSTUP_TOOLCHAIN).toMatch(
    /^\d+\.\d+\.\d+$/,
  )
})

test('cells that differ in their C++ share their crates, and no others do', () => {
  const base = cell('host/g++-12/c++20/stable/debug/plain')
  const shares = names.filter((name) => shareCrates(base, cell(name)))
  expect(shares).toEqual(names.filter((name) => matchesGlob(name, 'host/*/*/stable/debug/plain')))
})
