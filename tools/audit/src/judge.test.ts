import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import { readPage } from './page.ts'
import { readBlock } from './piece.ts'
import type { Tried } from './try.ts'

const { blocks } = readPage('```rust src/lib.rs\npub fn a() {}\n```\n', 'guide.md').page
const read = readBlock(blocks[0]!, 0, null)
const piece = read.kind === 'pieces' ? read.pieces[0]! : null

const tried = (more: Partial<Tried>): Tried => ({
  assembled: { name: 'guide', files: new Map(), helps: [] },
  faults: new Map(),
  untried: new Map(),
  compiled: new Set(),
  unplaced: [],
  ran: null,
  ...more,
})

test('what no compiler read is not called good, whatever else is', () => {
  const { verdict, reason } = judge(piece!, blocks[0]!, tried({ compiled: new Set(['src/main.rs']) }))
  expect([verdict, reason]).toEqual(['fragment', 'it could not be tried: what it stands in does not build'])
})

test('what a compiler read and found good builds', () => {
  expect(judge(piece!, blocks[0]!, tried({ compiled: new Set(['src/lib.rs']) })).verdict).toBe('builds')
})

test('what another block takes down with it is no fault of its own', () => {
  const untried = new Map([[piece!, 'it uses `b`, whose own block fails']])
  const { verdict, error } = judge(piece!, blocks[0]!, tried({ untried, compiled: new Set(['src/lib.rs']) }))
  expect([verdict, error]).toEqual(['fragment', null])
})
