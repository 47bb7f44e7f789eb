import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPackage, runFindings, showFinding, shownLines } from '../index.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const read = (name: string) => readPackage(fixtures, join(fixtures, name))

/** The lines of src/lib.rs in which code is, each with how often it ran. */
const counted = (...lines: [number, number][]) => new Map([['src/lib.rs', new Map(lines)]])

const found = async (name: string, ...lines: [number, number][]) => {
  const pkg = await read(name)
  return runFindings(pkg, shownLines(pkg, counted(...lines))).map(showFinding)
}

test('a line of the source is found where the chapter shows it', async () => {
  const pkg = await read('good')
  const lines = shownLines(pkg, counted([2, 7], [3, 0]))
  expect(lines.map(({ line, column, state, times }) => [line, column, state, times])).toEqual([
    [6, 1, 'ran', 7],
    [7, 5, 'never-ran', 0],
    [8, 1, 'inert', 0],
    [14, 1, 'inert', 0],
  ])
})

test('a line that never ran is told of where it is shown, with its neighbours', async () => {
  expect(await found('good', [2, 0], [3, 0], [4, 1])).toEqual([
    expect.stringMatching(/^good\/README\.md:6:1 never-ran: these 2 lines never ran/),
  ])
})

test('a lone bracket is not told of, whatever was counted there', async () => {
  expect(await found('good', [2, 1], [3, 1], [4, 0])).toEqual([])
})

test('a line that ran is not told of', async () => {
  expect(await found('good', [2, 1], [3, 1])).toEqual([])
})

test('a reason excuses its line, and no other', async () => {
  expect(await found('reason', [2, 1], [3, 0], [8, 0])).toEqual([])
  expect(await found('reason', [2, 0], [3, 0], [8, 0])).toEqual([
    expect.stringMatching(/^reason\/README\.md:6:1 never-ran: this line never ran/),
  ])
})

test('a reason whose line did run, or holds no code, is told of', async () => {
  expect(await found('reason', [2, 1], [3, 4])).toEqual([
    expect.stringMatching(/^reason\/README\.md:11:1 unused-exemption: `url\.len\(\)` did run, at line 7/),
    expect.stringMatching(/^reason\/README\.md:20:1 unused-exemption: `pub fn stop\(\) \{\}` holds no code/),
  ])
})

test('a chapter of which nothing was counted is not taken for one that ran', async () => {
  const pkg = await read('good')
  expect(runFindings(pkg, shownLines(pkg, new Map())).map(showFinding)).toEqual([
    expect.stringMatching(/^good\/README\.md:5:1 never-ran: nothing counted the lines of src\/lib\.rs/),
  ])
})
