import { expect, test } from 'vitest'
import { programOf } from '../build/program-of.ts'
import { cxxProblems, rustProblems } from './project-diagnostic.ts'

const message = (fields: object) => JSON.stringify({ level: 'error', message: 'wrong', ...fields })

test('an error of rustc is placed where the outermost macro was called', () => {
  const inner = { file_name: 'lib.rs', line_start: 1, column_start: 1 }
  const outer = { file_name: 'src/main.rs', line_start: 7, column_start: 9 }
  const span = {
    ...inner,
    is_primary: true,
    label: 'here',
    expansion: { span: { ...outer, expansion: null } },
  }
  const [problem] = rustProblems(
    message({ code: { code: 'E0425' }, spans: [span], children: [{ message: 'help' }] }),
  )
  expect(problem).toMatchObject({
    path: 'src/main.rs',
    line: 7,
    column: 9,
    code: 'E0425',
    notes: ['here', 'help'],
  })
})

test.each([
  ['null', 'null'],
  ['no message', '{"reason":"compiler-message"}'],
  ['a message that is a text', '{"reason":"compiler-message","message":"error"}'],
  ['a target that is a number', '{"reason":"compiler-artifact","target":1,"profile":[]}'],
  ['a list that is none', message({ spans: { length: 9 }, children: 7 })],
  ['spans of nothing', message({ spans: [null, 1, 'a', [], {}] })],
  [
    'lines of no number',
    message({ spans: [{ is_primary: true, file_name: 7, line_start: -1, column_start: 1e99 }] }),
  ],
  ['the names of an object', message({ code: 'constructor', spans: 'constructor', rendered: [] })],
  ['macros in each other without end', `${'{"expansion":{"span":'.repeat(20_000)}1${'}}'.repeat(20_000)}`],
])('what only looks like words of cargo is read without harm: %s', (_, line) => {
  const deep = line.startsWith('{"expansion"')
    ? `{"level":"error","message":"a","spans":[${line}],"children":[]}`
    : line
  for (const { path, line, column } of rustProblems(deep)) {
    expect(path).toBeTypeOf('string')
    expect(Math.min(line, column)).toBeGreaterThan(0)
  }
  expect(programOf(deep, '')).toBeNull()
})

test('an error in a header of others is placed where the package led there, if that line is kept', () => {
  const lines = (between: number) =>
    [
      'In file included from src/a.cc:3:',
      ...Array.from({ length: between }, () => ' | '),
      '/usr/include/b.h:1:1: error: no',
    ].join('\n')
  const own = (path: string) => !path.startsWith('/')
  expect(cxxProblems(lines(100), own)).toMatchObject([{ path: 'src/a.cc', line: 3 }])
  expect(cxxProblems(lines(100_000), own)).toMatchObject([{ path: '/usr/include/b.h', line: 1 }])
})
