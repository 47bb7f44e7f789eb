import { expect, test } from 'vitest'
import { readAsked } from './asked.ts'

const CHAPTERS = ['ebb', 'flood']

test('every chapter is covered where none are named', () => {
  expect(readAsked([], CHAPTERS)).toEqual({ kind: 'cover', slugs: CHAPTERS, keep: false })
  expect(readAsked(['--keep', 'flood'], CHAPTERS, 'auto')).toEqual({
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
  const asked = readAsked(args, CHAPTERS, choice)
  expect(asked.kind === 'refused' && asked.problem).toContain(problem)
})
