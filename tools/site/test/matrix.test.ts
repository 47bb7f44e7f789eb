import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cellsOf, type Matrix, matrixPicture, readMatrix } from '../src/proof/matrix.ts'

const MATRIX: Matrix = {
  'host/g++-12/c++20/stable/debug/plain': {
    kind: 'ran',
    chapters: { wait: { kind: 'passed', digest: 'a' }, more: { kind: 'failed' } },
  },
  'host/g++-12/c++23/stable/debug/plain': { kind: 'ran', chapters: { wait: { kind: 'passed' } } },
  'docker/clang++-19/c++20/stable/debug/plain': { kind: 'cannot' },
}

test('a cell counts for the text that passed there, and for no other', () => {
  expect(cellsOf(MATRIX, 'wait', 'a')).toEqual(['host/g++-12/c++20/stable/debug/plain'])
  expect(cellsOf(MATRIX, 'wait', 'b')).toEqual([])
  expect(cellsOf(MATRIX, 'more', 'a')).toEqual([])
})

test('the picture has a square for each chapter in each cell', () => {
  const svg = matrixPicture(MATRIX)
  const states = [...svg.matchAll(/<rect class="([\w-]+)".*?<title>([^<]+)</g)].map(([, state, title]) => [
    state,
    title,
  ])
  expect(states).toEqual([
    ['cannot', 'more, docker/clang++-19/c++20/stable/debug/plain: cannot'],
    ['cannot', 'wait, docker/clang++-19/c++20/stable/debug/plain: cannot'],
    ['failed', 'more, host/g++-12/c++20/stable/debug/plain: failed'],
    ['passed', 'wait, host/g++-12/c++20/stable/debug/plain: passed'],
    ['not-run', 'more, host/g++-12/c++23/stable/debug/plain: not run'],
    ['passed', 'wait, host/g++-12/c++23/stable/debug/plain: passed'],
  ])
})

test('the matrix of the repository can be read', () => {
  expect(Object.keys(readMatrix(join(import.meta.dirname, '../../..'))).length).toBeGreaterThan(50)
})
