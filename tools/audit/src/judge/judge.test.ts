import { expect, test } from 'vitest'
import { RAN, type Shown, shown, tried } from '../../test/tried.ts'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { SnippetDiagnostic } from '../repair/attribute.ts'
import { judge } from './judge.ts'
import type { Tried } from './try.ts'

const LIBRARY = shown('```rust src/lib.rs\npub fn a() {}\n```\n')

const judged = ({ snippet, block }: Shown, more: Partial<Tried> = {}) =>
  judge(snippet, block, tried([snippet], more))

test('what no compiler read is not called good, whatever else is', () => {
  expect(judged(LIBRARY, { compiled: new Set(['src/main.rs']) })).toMatchObject({
    verdict: 'untried',
    reason: 'it could not be tried: its file does not build',
  })
})

test('and where a tool said why, it is reported', () => {
  const unplaced = [{ tool: 'linker', message: 'cannot find -lradio' } as ProjectDiagnostic]
  expect(judged(LIBRARY, { compiled: new Set(), unplaced }).reason).toBe(
    'it could not be tried: linker: cannot find -lradio',
  )
})

test('what a compiler read and found good builds', () => {
  expect(judged(LIBRARY)).toMatchObject({ verdict: 'builds', reason: 'it builds as it is' })
})

test('what cannot do without a help says which', () => {
  const help = { kind: 'main', text: 'add a main', added: 'fn main() {}', file: 'src/lib.rs' } as const
  const { project } = tried([LIBRARY.snippet])
  const helps = [{ help, snippets: [LIBRARY.snippet] }]
  const ran = RAN
  expect(judged(LIBRARY, { project: { ...project, helps }, ran })).toMatchObject({
    ...{ verdict: 'builds with help', reason: 'add a main', help: [help] },
  })
})

test('a fence that names another language fails at the code', () => {
  expect(judged(shown('```rust include/port.h\n#pragma once\n```\n'))).toMatchObject({
    verdict: 'fails',
    error: { line: 2, message: 'fence: this is C++, and its fence says Rust' },
  })
})

/** What a compiler says of the fifth column of a snippet's first line. */
function faultIn({ snippet }: Shown, expected = false): Pick<Tried, 'faults'> {
  const detail = Array.from({ length: 30 }, (_, line) => `line ${line}`)
  const problem = {
    tool: 'rustc',
    code: 'E0425',
    message: 'cannot find',
    detail,
  } as unknown as ProjectDiagnostic
  const spot = { snippet, code: snippet.lines[0]!, column: 5, path: snippet.path!, line: 1 }
  return { faults: new Map([[snippet, { problem, spot, expected } satisfies SnippetDiagnostic]]) }
}

test('a fault is reported at the guide’s line and column, with the first words of the compiler', () => {
  const { verdict, error } = judged(LIBRARY, faultIn(LIBRARY))
  expect([verdict, error]).toMatchObject([
    'fails',
    { file: 'guide.md', line: 2, column: 5, message: 'rustc[E0425]: cannot find' },
  ])
  expect(error?.detail).toHaveLength(20)
})

test('a fault that the guide foretells is as told, and one beside an elision makes a fragment', () => {
  const bad = shown('Wrong:\n\n```rust src/lib.rs\npub fn a() {}\n```\n')
  expect(judged(bad, faultIn(bad, true))).toMatchObject({
    ...{ verdict: 'fails', asTold: true },
    reason: 'as the guide says: rustc[E0425]: cannot find',
  })
  const elided = shown('```rust src/lib.rs\npub fn a() { ... }\n```\n')
  expect(judged(elided, faultIn(elided))).toMatchObject({
    ...{ verdict: 'fragment', asTold: false, error: null },
    reason: 'it leaves something out, and so cannot be tried: rustc[E0425]: cannot find',
  })
})

test('what the guide says is refused fails when it compiles, at its fence', () => {
  expect(judged(shown('```rust,compile_fail src/lib.rs\npub fn a() {}\n```\n'))).toMatchObject({
    verdict: 'fails',
    error: { line: 1, message: 'it compiles, though the guide says that it does not' },
  })
})

test('what the guide advises against and compiles is said to be that', () => {
  expect(judged(shown('Wrong:\n\n```rust src/lib.rs\npub fn a() {}\n```\n')).reason).toBe(
    'it builds as it is, though the guide advises against it',
  )
})

test('a program that sanitizers were to see and could not is said to be unseen by them', () => {
  expect(judged(LIBRARY, { ran: { ...RAN, unwatched: true } }).reason).toContain('they have not seen it')
  expect(judged(LIBRARY, { ran: RAN })).toMatchObject({
    ...{ verdict: 'runs', reason: 'it builds as it is, and its program runs' },
  })
})

test('what is no part of the program that ran is not said to run', () => {
  expect(judged(LIBRARY, { ran: { ...RAN, others: ['src/lib.rs'] } }).verdict).toBe('builds')
})

test('a CMakeLists.txt runs only where CMake made the program', () => {
  const script = shown('```cmake CMakeLists.txt\nproject(ports)\n```\n')
  const ranBy = (command: string) => judged(script, { ran: { ...RAN, command } }).verdict
  expect([ranBy('cargo run'), ranBy('cmake -B build && build/ports')]).toEqual(['builds', 'runs'])
})

test('what another block takes down with it is no fault of its own', () => {
  const fragments = new Map([[LIBRARY.snippet, 'it uses `b`, whose own block fails']])
  const { verdict, error } = judged(LIBRARY, { fragments })
  expect([verdict, error]).toEqual(['fragment', null])
  const other = shown('```rust src/other.rs\npub fn b() {}\n```\n')
  const file = { compiled: new Set<string>() }
  expect(judged(LIBRARY, { ...file, ...faultIn(other) }).verdict).toBe('fragment')
  expect(judged(LIBRARY, file).verdict).toBe('untried')
})

test('what every compiler takes by itself is not good where the whole could not be tried', () => {
  const problem = { ...faultIn(LIBRARY).faults.get(LIBRARY.snippet)!.problem, tool: 'cargo' as const }
  const other = shown('```rust src/other.rs\npub fn b() {}\n```\n')
  expect(judged(LIBRARY, { unplaced: [problem] })).toMatchObject({ verdict: 'untried', help: [] })
  expect(judged(LIBRARY, { unplaced: [problem], ...faultIn(other) }).verdict).toBe('builds')
})

test('what this machine lacks leaves a block untried', () => {
  const untried = new Map([[LIBRARY.snippet, 'cmake is not installed here']])
  expect(judged(LIBRARY, { untried })).toMatchObject({ verdict: 'untried', help: [], error: null })
})
