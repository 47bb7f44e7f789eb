import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { CELLS } from './cells.ts'
import { readOptions } from './options.ts'

const SLUGS = ['ebb', 'flood', 'tide']
const parsed = (...args: string[]) => readOptions(args, SLUGS, 'docs')

test('every chapter in every cell is what is asked for without a word', () => {
  expect(parsed()).toEqual({ kind: 'run', cells: CELLS, slugs: SLUGS, keep: false, out: resolve('docs') })
})

test('cells, chapters, files and folders can be named', () => {
  const threads = CELLS.filter(({ memoryTool }) => memoryTool === 'threads')
  expect(parsed('--cells=**/threads', '--filter=ebb', '--filter=tide', '--keep', '--out=/seen')).toEqual({
    kind: 'run',
    cells: threads,
    slugs: ['ebb', 'tide'],
    keep: true,
    out: '/seen',
  })
  expect(parsed('--list', '--cells', '**/threads')).toEqual({ kind: 'list', cells: threads })
  expect(parsed('--merge=a.json', '--merge=b.json')).toMatchObject({
    kind: 'merge',
    files: ['a.json', 'b.json'],
  })
})

test.each([
  [['--cells', 'host/*'], 'no cell matches host/*, expected a glob of names as host/g++-12/c++17/'],
  [['--cells', 'a', '--cells', 'b'], 'no cell matches a or b, '],
  [['--filter', 'no-such'], 'no pattern is named no-such, expected any of ebb, flood, tide'],
  [['--cell=**'], "unknown option '--cell=**'"],
  [['oneshot'], 'unexpected oneshot, a chapter is named by --filter'],
  [['--out'], "option '--out <FOLDER>' argument missing"],
])('%j is refused', (args, problem) => {
  const options = parsed(...args)
  expect(options.kind === 'refused' && options.problem).toContain(problem)
})
