import type { Outcome } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import { readPage } from './page.ts'
import { type Piece, readBlock } from './piece.ts'
import type { Ran } from './run.ts'
import type { Tried } from './try.ts'

const { blocks } = readPage('```rust src/lib.rs\npub fn a() {}\n```\n', 'guide.md').page
const read = readBlock(blocks[0]!, 0, null)
const piece = read.kind === 'pieces' ? read.pieces[0]! : null

const tried = (more: Partial<Tried>): Tried => ({
  subjects: [piece!],
  assembled: { name: 'guide', files: new Map(), helps: [] },
  faults: new Map(),
  untried: new Map(),
  compiled: new Set(),
  unplaced: [],
  ran: null,
  ...more,
})

const RAN: Ran = {
  ...{ command: 'cargo run', others: [], good: true, steady: true },
  ...{ ending: 'ended with exit code 0', blamed: null },
  outcome: { kind: 'exited', code: 0, stdout: '', stderr: '', durationMs: 1 } as Outcome,
}

test('what no compiler read is not called good, whatever else is', () => {
  const { verdict, reason } = judge(piece!, blocks[0]!, tried({ compiled: new Set(['src/main.rs']) }))
  expect([verdict, reason]).toEqual(['fragment', 'it could not be tried: what it stands in does not build'])
})

test('what a compiler read and found good builds', () => {
  expect(judge(piece!, blocks[0]!, tried({ compiled: new Set(['src/lib.rs']) })).verdict).toBe('builds')
})

test('a program that sanitizers were to see and could not is said to be unseen by them', () => {
  const ran = { ...RAN, unwatched: true }
  const compiled = new Set(['src/lib.rs'])
  expect(judge(piece!, blocks[0]!, tried({ compiled, ran })).reason).toContain('they have not seen it')
  expect(judge(piece!, blocks[0]!, tried({ compiled, ran: RAN })).reason).toBe(
    'it builds as it is, and its program runs',
  )
})

test('what is no part of the program that ran is not said to run', () => {
  const ran = { ...RAN, others: ['src/lib.rs'] }
  expect(judge(piece!, blocks[0]!, tried({ compiled: new Set(['src/lib.rs']), ran })).verdict).toBe('builds')
})

test('a bad end is told of what is new where the file with main is not', () => {
  const bad = { ...RAN, good: false, ending: 'was ended by SIGSEGV' }
  const compiled = new Set(['src/lib.rs'])
  const { verdict, reason } = judge(piece!, blocks[0]!, tried({ compiled, ran: bad }))
  expect([verdict, reason]).toEqual(['fails', 'its program was ended by SIGSEGV'])
})

test('a signal is told of nobody where the guide advises against something of the program, but a panic is', () => {
  const wrong: Piece = { ...piece!, promise: 'bad' }
  const code = piece!.lines.map((line) => ({ text: line.text, piece: wrong, line }))
  const assembled = {
    name: 'guide',
    files: new Map([['src/lib.rs', code]]),
    helps: [],
  } as unknown as Tried['assembled']
  const compiled = new Set(['src/lib.rs'])
  const ended = (outcome: Partial<Outcome>) => {
    const ran = {
      ...RAN,
      good: false,
      ending: 'ended badly',
      outcome: { ...RAN.outcome, ...outcome } as Outcome,
    }
    return judge(piece!, blocks[0]!, tried({ assembled, compiled, ran })).verdict
  }
  expect(ended({ kind: 'signaled', signal: 'SIGABRT' })).toBe('builds')
  expect(ended({ kind: 'exited', code: 101 })).toBe('fails')
})

test('what another block takes down with it is no fault of its own', () => {
  const untried = new Map([[piece!, 'it uses `b`, whose own block fails']])
  const { verdict, error } = judge(piece!, blocks[0]!, tried({ untried, compiled: new Set(['src/lib.rs']) }))
  expect([verdict, error]).toEqual(['fragment', null])
})
