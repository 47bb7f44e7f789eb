import { expect, test } from 'vitest'
import { parseCargoMessages } from './cargo-messages.ts'
import { rustDiagnostics } from './rustc.ts'

const span = (file_name: string, line_start: number, more: object = {}) => ({
  file_name,
  line_start,
  column_start: 5,
  is_primary: true,
  label: null,
  ...more,
})
const said = (more: object) =>
  JSON.stringify({
    level: 'error',
    message: 'mismatched types',
    code: null,
    spans: [],
    children: [],
    ...more,
  })

test('an error has its code, its place, and what it adds', () => {
  const spans = [span('src/b.rs', 9, { is_primary: false, label: 'expected here' }), span('src/a.rs', 3)]
  const help = {
    level: 'help',
    message: 'borrow it',
    spans: [span('src/a.rs', 3, { suggested_replacement: '&' })],
  }
  const rendered = 'error[E0308]: mismatched types\n --> src/a.rs:3:5\n'
  expect(rustDiagnostics(said({ code: { code: 'E0308' }, spans, children: [help], rendered }))).toEqual([
    {
      tool: 'rustc',
      severity: 'error',
      code: 'E0308',
      message: 'mismatched types',
      location: { path: 'src/a.rs', line: 3, column: 5 },
      related: [],
      detail: [' --> src/a.rs:3:5'],
      notes: ['expected here', 'borrow it'],
      suggestions: [{ path: 'src/a.rs', line: 3, column: 5, text: '&' }],
      rendered,
    },
  ])
})

test('a span within a macro is where the macro was called', () => {
  const inner = span('/std/macros.rs', 1, { expansion: { span: span('src/a.rs', 7) } })
  expect(rustDiagnostics(said({ spans: [inner] }))[0]!.location).toMatchObject({ path: 'src/a.rs', line: 7 })
})

test('only an error of the linker is one of its own', () => {
  const tools = ['linking with `/usr/bin/clang` failed: exit status: 1', 'mismatched types'].map(
    (message) => rustDiagnostics(said({ message }))[0]!.tool,
  )
  expect(tools).toEqual(['linker', 'rustc'])
})

test.for(['aborting due to 2 previous errors', 'could not compile `a`', '3 warnings emitted'])(
  'what only counts is left out: %s',
  (message) => expect(rustDiagnostics(said({ message }))).toEqual([]),
)

test.for([
  '{',
  '{}',
  '{"level":7}',
  '{"level":"error","message":[]}',
  'null',
  '[{"level":"error"}]',
  said({ level: 'note' }),
])('what is no diagnostic is left out: %s', (line) => expect(rustDiagnostics(line)).toEqual([]))

test('a diagnostic of odd parts is read as far as it goes', () => {
  const odd = said({
    spans: [7, { file_name: null, line_start: -1, is_primary: true }],
    children: 'none',
    code: 'E1',
  })
  expect(rustDiagnostics(odd)).toMatchObject([{ code: null, location: { path: '', line: 1, column: 1 } }])
})

test("cargo's lines are artifacts, build scripts and diagnostics, and no other", () => {
  const lines = [
    {
      reason: 'compiler-artifact',
      target: { name: 'a', kind: ['lib'] },
      profile: { test: true },
      executable: null,
    },
    { reason: 'build-script-executed', out_dir: '/out', env: [['A', '1'], 7], cfgs: ['quick', null] },
    { reason: 'compiler-message', manifest_path: '/a/Cargo.toml', message: JSON.parse(said({})) },
    { reason: 'build-finished' },
  ]
  expect(
    parseCargoMessages(`noise\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n{`),
  ).toMatchObject([
    { kind: 'artifact', artifact: { name: 'a', kinds: ['lib'], test: true, executable: null } },
    { kind: 'build-script', outDir: '/out', variables: ['A'], cfgs: ['quick'] },
    { kind: 'diagnostic', manifest: '/a/Cargo.toml', diagnostic: { message: 'mismatched types' } },
  ])
})
