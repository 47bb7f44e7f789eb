import { expect, test } from 'vitest'
import { readPage } from '../document/markdown/page.ts'
import { readBlock } from '../snippet/snippet.ts'
import { assignPaths } from './assign-paths.ts'
import { snapshotsOf } from './snapshot.ts'

/** The files of each snapshot of a page. */
function snapshotsShown(page: string): (string | null)[][] {
  const { blocks } = readPage(page, 'guide.md').page
  const reads = blocks.map((block, at) => readBlock(block, at, null))
  const snippets = assignPaths(reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : [])))
  return snapshotsOf(snippets).map(({ snippets }) => snippets.map(({ path }) => path))
}

const file = (path: string, text: string) =>
  `\`${path}\`:\n\n\`\`\`${path.endsWith('.rs') ? 'rust' : 'toml'}\n${text}\n\`\`\`\n\n`
const packaged = (folder: string, name: string, rest = '') =>
  file(`${folder}Cargo.toml`, `[package]\nname = "${name}"\n${rest}`)
const SMALL = packaged('small/', 'ports-small') + file('small/src/main.rs', 'fn main() {}')
const LIBRARY = file('src/lib.rs', 'pub fn open() {}')

test('a package in a folder below another one is tried by itself', () => {
  expect(snapshotsShown(`# Ports\n\n${SMALL}## Whole\n\n${LIBRARY}${packaged('', 'ports')}`)).toEqual([
    ['small/Cargo.toml', 'small/src/main.rs'],
    ['src/lib.rs', 'Cargo.toml'],
  ])
})

test.each([
  ['dependencies', '[dependencies]\nports-small = { path = "small" }'],
  ['workspace', '[workspace]\nmembers = ["small"]'],
])('and with it where its manifest has it among its %s', (_, rest) => {
  expect(snapshotsShown(`# Ports\n\n${SMALL}## Whole\n\n${LIBRARY}${packaged('', 'ports', rest)}`)).toEqual([
    ['small/Cargo.toml', 'small/src/main.rs', 'src/lib.rs', 'Cargo.toml'],
  ])
})
