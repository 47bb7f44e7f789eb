import { expect, test } from 'vitest'
import { readPage } from '../src/document/markdown/page.ts'
import { assignPaths } from '../src/placement/assign-paths.ts'
import { snapshotsOf } from '../src/placement/snapshot.ts'
import { readBlock } from '../src/snippet/snippet.ts'

/** A page as it is read before anything is tried: its blocks, what is wrong with it, and the snapshots to try. */
function readAll(input: Uint8Array | string) {
  const { page, troubles } = readPage(input, 'a.md')
  const reads = page.blocks.map((block, at) => readBlock(block, at, page.blocks[at + 1] ?? null))
  const snippets = assignPaths(reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : [])))
  return { blocks: page.blocks, troubles, snapshots: snapshotsOf(snippets) }
}

const fences = (count: number, fence: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => fence(at)).join('\n')
const rust = (at: number) => `## Part ${at}\n\n\`\`\`rust\nfn part_${at}() { part_${at + 1}() }\n\`\`\`\n`

/** Far more than any of these takes, and far less than it takes to look like a hang. */
const LIMIT_MS = 60_000

test.each([
  ['nothing', '', 0],
  ['50,000 lines of prose', 'Words of no meaning, and `code` of none.\n\n'.repeat(24_000), 0],
  ['10 MB in one line', 'word '.repeat(2_000_000), 0],
  ['10,000 fences', fences(10_000, (at) => `\`\`\`text\n${at}\n\`\`\`\n`), 10_000],
  ['2,000 sections of code', fences(2_000, rust), 2_000],
  ['50 quotes, and a fence within', `${'> '.repeat(50)}\`\`\`rust\n`, 1],
  ['a million brackets', '['.repeat(1_000_000), 0],
  ['links that are none', '[a]('.repeat(250_000), 0],
  ['tags that are none', 'Tags: '.concat('<a '.repeat(100_000)), 0],
  ['comments in one another', `${'<!--'.repeat(250_000)}-->`, 0],
])('%s', { timeout: LIMIT_MS }, (_, text, blocks) => {
  expect(readAll(`${text}\n\n\`\`\`text\nlast\n\`\`\`\n`).blocks).toHaveLength(blocks + 1)
})

test.each([
  ['a fence that is never closed', '```rust\nfn main() {}\n', /never closed/],
  ['bytes that are not UTF-8', Buffer.from([0x23, 0x20, 0xc3, 0x28, 0x0a]), /0xc3 is not UTF-8/],
  ['a program', Buffer.from(new Uint8Array(100_000).map((_, at) => (at * 7919) % 251)), /is not UTF-8/],
  [
    'a block of more lines than are read',
    `\`\`\`text\n${'a line\n'.repeat(50_000)}\`\`\`\n`,
    /more than 50,000 lines/,
  ],
  ['a list of 500 levels', fences(500, (at) => `${'  '.repeat(at)}- deep`), /nested too deep/],
])('%s is reported', { timeout: LIMIT_MS }, (_, input, words) => {
  expect(readAll(input).troubles.map(({ message }) => message)).toContainEqual(expect.stringMatching(words))
})
