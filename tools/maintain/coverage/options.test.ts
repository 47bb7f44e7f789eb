import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

const CHAPTERS = ['ebb', 'flood']

test('every chapter is covered where none are named', () => {
  expect(readOptions([], CHAPTERS)).toEqual({ kind: 'cover', slugs: CHAPTERS, keep: false })
  expect(readOptions(['--keep', 'flood'], CHAPTERS, 'auto')).toEqual({
    kind: 'cover',
    slugs: ['flood'],
    keep: true,
  })
})

test.each([
  [['tide'], 'host', 'no pattern is named tide, expected any of ebb, flood'],
  [['--html'], '', "unknown option '--html'"],
  [['ebb'], 'docker', 'TOOLCHAIN is "docker", and only the host\'s programs are covered'],
])('%j with TOOLCHAIN=%s is refused', (args, choice, problem) => {
  const options = readOptions(args, CHAPTERS, choice)
  expect(options.kind === 'refused' && options.problem).toContain(problem)
})
